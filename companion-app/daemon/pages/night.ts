/** What the night is waiting for. */
import type { NightPort } from '../../gateway';
import type { PageParts } from './parts';

export const nightPort = ({ queue, clock, night }: Pick<PageParts, 'queue' | 'clock' | 'night'>): NightPort => ({
  now: () => {
    const now = new Date(clock.now());
    const two = (n: number): string => String(n).padStart(2, '0');
    return {
      holds: [...queue.holds()],
      clock: `${two(now.getHours())}:${two(now.getMinutes())}`,
      warnings: night.warnings(),
      notices: night.diary.notices(),
      waiting: queue.waitingWork().reduce((sum, { count }) => sum + count, 0),
    };
  },
});
