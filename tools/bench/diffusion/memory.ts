/** Memory of a process that makes one tiny shot after the other with a pack. */
import { createDiffusionEngine } from '../../../companion-app/engines/diffusion';
import { RATES, type Shot } from '../../../shared/shot';

const SIZE = { width: 128, height: 64 };
const SHOT: Shot = {
  ...{ id: 'a', name: 'SH010', rate: RATES['24'], dropFrame: false, startFrame: 0, frames: 4, size: SIZE },
  ...{ fit: 'fill', boards: [], notes: 'static' },
};

/** Megabytes resident after each shot. */
export async function residentOverShots(packsDir: string, pack: string, shots: number): Promise<number[]> {
  const engine = await createDiffusionEngine({ provider: 'cpu', packsDir, pack, steps: 4, workers: 1 });
  const rgb = new Uint8Array(SIZE.width * SIZE.height * 3).map((_, i) => (i * 11) % 241);
  const resident: number[] = [];
  for (let shot = 0; shot < shots; shot++) {
    const frames = engine.animate(SHOT, [{ at: 0, name: 'board', ...SIZE, rgb }], {
      size: SIZE,
      seed: shot,
      quality: 'full',
      signal: new AbortController().signal,
      progress: () => undefined,
      warn: () => undefined,
    });
    let made = 0;
    for await (const { index } of frames) made = index + 1;
    if (made !== SHOT.frames) throw new Error(`${made} of ${SHOT.frames} frames were made`);
    globalThis.gc?.();
    resident.push(process.memoryUsage().rss / 1e6);
  }
  await engine.close();
  return resident;
}
