/** Problems with a style (a LoRA file), said so that the person who chose it can act. */
import { InbetweenError } from '../../../shared/problem';

const SHOWN = 1400;

/** A style that cannot be read or does not fit the pack. */
export function styleInvalid(message: string, cause?: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'pack-invalid',
      message,
      safe: 'Nothing was rendered; the pack is untouched and works without the style.',
      action: 'Choose a style made for this model, or render without it.',
    },
    { cause },
  );
}

/** Names for a sentence; where they are too many for one, how many more there are. */
export function listed(names: readonly string[]): string {
  let length = 0;
  const shown = names.filter((name) => (length += name.length + 2) <= SHOWN);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
