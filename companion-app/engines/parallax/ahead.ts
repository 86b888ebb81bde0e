/** Frames drawn one ahead of their use. */
import { samePose } from './camera/pose';
import type { Size } from '../../../shared/shot';
import { smear } from './camera/smear';
import type { Stage, View } from './warp/warper';

/**
 * The pictures of the views in turn. While one is being used the next is already drawn into the other buffer; a view that
 * does not change is not drawn again.
 * @param buffers at least two, each the size of a frame
 * @param size of a frame
 */
export async function* drawnAhead(
  stage: Stage,
  views: readonly View[],
  buffers: readonly Uint8Array[],
  size: Size,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let ahead: Promise<Uint8Array> | undefined;
  let used = 0;
  const draw = async (i: number): Promise<Uint8Array> => {
    const view = views[i];
    const target = buffers[used++ % buffers.length];
    if (!view || !target) throw new RangeError(`no view for frame ${i}`);
    await stage.render(view, target);
    smear(target, size, view.smear ?? 0);
    return target;
  };
  try {
    let i = 0;
    while (i < views.length) {
      signal.throwIfAborted();
      const picture = await (ahead ?? draw(i));
      ahead = undefined;
      const next = nextDifferent(views, i);
      if (next < views.length) {
        ahead = draw(next);
        // It is awaited above or below; until then a failure must not count as unhandled.
        ahead.catch(() => undefined);
      }
      for (; i < next; i++) {
        signal.throwIfAborted();
        yield picture;
      }
    }
  } finally {
    await ahead?.catch(() => undefined);
  }
}

function nextDifferent(views: readonly View[], i: number): number {
  const view = views[i];
  let next = i + 1;
  for (; next < views.length; next++) {
    const other = views[next];
    if (!view || !other || !sameView(view, other)) break;
  }
  return next;
}

function sameView(a: View, b: View): boolean {
  return (
    samePose(a.pose, b.pose) &&
    a.smear === b.smear &&
    [...a.shifts].every(([id, shift]) => shift.x === b.shifts.get(id)?.x && shift.y === b.shifts.get(id)?.y)
  );
}
