/** Frames of a shot, one by one: the model's motion, retimed, begun on the board itself, under the shot's camera. */
import { InbetweenError } from '../../../../shared/problem';
import type { Shot } from '../../../../shared/shot';
import type { AnimateOptions, BoardPicture, Frame } from '../../engine';
import { frameSpace, shownBoards } from '../../inbetween/boards';
import { stretch, stretches, type Means } from './stretch';

/** See Engine.animate. */
export async function* animate(
  means: Means,
  shot: Shot,
  boards: readonly BoardPicture[],
  options: AnimateOptions,
): AsyncGenerator<Frame> {
  const { size, signal } = options;
  const shown = shownBoards(boards, shot.frames);
  if (shown.length === 0) throw noBoard(shot);
  const camera = means.camera(shot, shown);
  const space = frameSpace(shown, size, shot.fit, camera.tightest);
  const target = new Uint8Array(3 * size.width * size.height);
  try {
    for (const each of stretches(shown, shot.frames, means.pipeline.nature)) {
      const pictures = await stretch(means, shot, { ...each, space }, options);
      const [{ at: begin }] = each.boards;
      for (let frame = begin; frame < each.end; frame++) {
        signal.throwIfAborted();
        const picture = await pictures(frame - begin);
        if (camera.rests) target.set(picture.rgb);
        else {
          await camera.load(picture);
          await camera.shoot(frame, target);
        }
        yield { index: frame, width: size.width, height: size.height, rgb: target };
        options.progress(frame + 1, shot.frames, 'moving the camera');
      }
    }
  } finally {
    await camera.strike();
  }
}

function noBoard(shot: Shot): InbetweenError {
  return new InbetweenError({
    code: 'board-missing',
    message: `${shot.name} has no board to animate.`,
    safe: 'The other shots go on.',
    action: 'Put a still under the clip on the timeline and send the shot again.',
  });
}
