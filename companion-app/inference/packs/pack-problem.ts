/** Problems with a model pack, said so that the person who installed it can act. */
import { InbetweenError } from '../../../shared/problem';

/** A pack that cannot be used as it is. */
export function packInvalid(message: string, cause?: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'pack-invalid',
      message,
      safe: 'Nothing was rendered; the boards, the timeline and the other packs are untouched.',
      action: 'Export or download the pack again, choose another one, or render the shot with the parallax engine.',
    },
    { cause },
  );
}

/** A network that ran but gave something no picture can be made of. */
export function networkFailed(message: string): InbetweenError {
  return new InbetweenError({
    code: 'render-failed',
    message,
    safe: 'Only this shot stopped; the other shots go on.',
    action: 'Verify the pack, or render the shot with another pack or the parallax engine.',
  });
}
