/** What the keys do, for mouse and touch. */
import { ActionButton } from '@adobe/react-spectrum';
import { reviewWords } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import type { CutShot } from '../cut/cut';
import type { Transport } from './use-transport';

interface ControlsProps {
  readonly shot: CutShot;
  readonly count: number;
  readonly transport: Transport;
}

export function Controls({ shot, count, transport: { index, frame, speed, press, goTo } }: ControlsProps) {
  const t = useWords();
  return (
    <div className="controls">
      <input
        type="range"
        min={0}
        max={shot.frames - 1}
        value={Math.min(frame, shot.frames - 1)}
        aria-label={t(reviewWords.position)}
        aria-valuetext={t(reviewWords.frameOf, { n: frame + 1, all: shot.frames })}
        onChange={(event) => goTo(index, event.target.valueAsNumber)}
      />
      <div className="row">
        <ActionButton aria-label={t(reviewWords.previous)} isDisabled={index === 0} onPress={() => goTo(index - 1)}>
          |◀
        </ActionButton>
        <ActionButton aria-label={t(reviewWords.reverse)} onPress={() => press('j')}>
          ◀◀
        </ActionButton>
        <ActionButton aria-label={t(speed === 0 ? reviewWords.play : reviewWords.pause)} onPress={() => press('space')}>
          {speed === 0 ? '▶' : '❚❚'}
        </ActionButton>
        <ActionButton aria-label={t(reviewWords.forward)} onPress={() => press('l')}>
          ▶▶
        </ActionButton>
        <ActionButton aria-label={t(reviewWords.next)} isDisabled={index + 1 >= count} onPress={() => goTo(index + 1)}>
          ▶|
        </ActionButton>
        <span className="counter">
          {t(reviewWords.shotOf, { n: index + 1, all: count })} ·{' '}
          {t(reviewWords.frameOf, { n: frame + 1, all: shot.frames })}
          {speed !== 0 && speed !== 1 && ` · ${t(reviewWords.speed, { n: speed })}`}
        </span>
      </div>
    </div>
  );
}
