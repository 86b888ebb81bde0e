/** A small timeline: the playhead, and the keys of the camera on it. */
import { ActionButton } from '@adobe/react-spectrum';
import { useRef, type PointerEvent as ReactPointerEvent } from 'react';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import type { Key } from '../agreement/keys';
import { canDrop, formatTimecode, type Shot } from '../../../../../shared/shot';

export interface TimelineProps {
  readonly shot: Shot;
  readonly keys: readonly Key[];
  readonly chosen: number;
  readonly frame: number;
  readonly playing: boolean;
  readonly go: (frame: number) => void;
  readonly play: (playing: boolean) => void;
  readonly choose: (index: number) => void;
  /** A key to another frame; joins say which steps are one. */
  readonly move: (index: number, frame: number, joins: string) => void;
  readonly add: (() => void) | null;
  readonly remove: (() => void) | null;
}

export function Timeline(props: TimelineProps) {
  const { shot, keys, chosen, frame, playing, go, play, choose, move, add, remove } = props;
  const t = useWords();
  const track = useRef<HTMLDivElement>(null);
  const last = Math.max(1, shot.frames - 1);
  const pull = (index: number) => (event: ReactPointerEvent<HTMLButtonElement>) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || event.button !== 0) return;
    choose(index);
    const joins = `pull ${index} ${event.timeStamp}`;
    const startX = event.clientX;
    const drag = (to: PointerEvent): void => {
      if (Math.abs(to.clientX - startX) < 3) return;
      move(index, Math.round(((to.clientX - box.left) / box.width) * last), joins);
    };
    const stop = (): void => {
      removeEventListener('pointermove', drag);
      removeEventListener('pointerup', stop);
      removeEventListener('pointercancel', stop);
    };
    addEventListener('pointermove', drag);
    addEventListener('pointerup', stop);
    addEventListener('pointercancel', stop);
  };
  return (
    <section className="editor-timeline" aria-label={t(editor.timeline)}>
      <ActionButton onPress={() => play(!playing)} aria-pressed={playing} UNSAFE_className="editor-play">
        {playing ? t(editor.stop) : t(editor.play)}
      </ActionButton>
      <div className="editor-track">
        <input
          type="range"
          min={0}
          max={last}
          value={Math.min(frame, last)}
          aria-label={t(editor.playhead)}
          aria-valuetext={t(editor.frameOf, { frame: frame + 1, frames: shot.frames })}
          onChange={(event) => go(Number(event.target.value))}
        />
        <div className="editor-keys" ref={track}>
          {keys.map((key, i) => (
            <button
              key={i}
              type="button"
              className={`editor-key${i === chosen ? ' chosen' : ''}`}
              style={{ insetInlineStart: `${(100 * key.frame) / last}%` }}
              aria-pressed={i === chosen}
              aria-label={t(editor.keyAt, { frame: key.frame + 1 })}
              onPointerDown={pull(i)}
              onFocus={() => choose(i)}
              onKeyDown={(event) => {
                const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
                if (by === undefined) return;
                event.preventDefault();
                move(i, key.frame + by * (event.shiftKey ? 10 : 1), `keys at ${i}`);
              }}
            >
              <span aria-hidden="true" />
            </button>
          ))}
        </div>
      </div>
      <output className="editor-time">
        {smpte(shot, frame)}
        <small>{t(editor.frameOf, { frame: frame + 1, frames: shot.frames })}</small>
      </output>
      <ActionButton onPress={() => add?.()} isDisabled={!add}>
        {t(editor.addKey)}
      </ActionButton>
      <ActionButton onPress={() => remove?.()} isDisabled={!remove}>
        {t(editor.removeKey)}
      </ActionButton>
    </section>
  );
}

/** The frame's timecode on the sequence's timeline. */
const smpte = ({ timecodeZero = 0, startFrame, rate, dropFrame }: Shot, frame: number): string =>
  formatTimecode(timecodeZero + startFrame + frame, rate, dropFrame && canDrop(rate));
