/** What an artist does to the camera's boxes. */
import { useMemo } from 'react';
import { drawn } from './agreement/agree';
import { framingOf, MOST_KEYS, ordered, type Key, type KeyEase } from './agreement/keys';
import { within, type Box, type Rect } from './geometry/box';
import type { Editing } from './use-editor';

export interface CameraEdit {
  readonly drag: (index: number, box: Box | null) => void;
  readonly set: (index: number, box: Box, joins?: string) => void;
  readonly ease: (index: number, ease: KeyEase) => void;
  readonly move: (index: number, frame: number, joins: string) => void;
  readonly add: ((frame: number, box: Box) => void) | null;
  readonly remove: ((index: number) => void) | null;
}

export function useCameraEdit(
  { change, drag }: Editing,
  keys: readonly Key[],
  limits: Rect,
  aspect: number,
): CameraEdit {
  return useMemo(() => {
    const withBox = (index: number, box: Box): readonly Key[] =>
      keys.map((key, i) => (i === index ? { ...key, box: within(box, limits, aspect) } : key));
    const draw = (next: readonly Key[], joins?: string): void => change((shot) => drawn(shot, next), joins);
    return {
      // While it is pulled only the picture follows; the note is written when the hand lets go.
      drag: (index, box) =>
        drag(
          box === null ? null : (shot) => ({ ...shot, framing: framingOf(ordered(withBox(index, box), shot.frames)) }),
        ),
      set: (index, box, joins) => draw(withBox(index, box), joins),
      ease: (index, ease) => draw(keys.map((key, i) => (i === index ? { ...key, ease } : key))),
      move: (index, frame, joins) => {
        // A key stays between its neighbours.
        const least = (keys[index - 1]?.frame ?? -1) + 1;
        const most = (keys[index + 1]?.frame ?? Infinity) - 1;
        const to = Math.min(most, Math.max(least, frame));
        draw(
          keys.map((key, i) => (i === index ? { ...key, frame: to } : key)),
          joins,
        );
      },
      add: keys.length < MOST_KEYS ? (frame, box) => draw([...keys, { frame, box, ease: 'ease-in-out' }]) : null,
      remove: keys.length > 1 ? (index) => draw(keys.filter((_, i) => i !== index)) : null,
    };
  }, [change, drag, keys, limits, aspect]);
}
