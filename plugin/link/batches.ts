/** Splits long requests so that each message keeps to the companion's limits. */
import { tooLong } from './problems';

/** Length of the text as UTF-8, bytes. UXP has no TextEncoder. A lone surrogate counts as its replacement, 3 bytes. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLow(text.charCodeAt(i + 1))) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Room in a message for everything around its items. */
const ENVELOPE_BYTES = 1_024;

/**
 * The items in their order, in groups of at most `maxItems` whose JSON stays under `maxBytes`.
 * Throws InbetweenError `too-large` when a single item is over it.
 */
export function batches<T>(
  items: readonly T[],
  maxItems: number,
  maxBytes: number,
  nameOf: (item: T) => string,
): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  let bytes = ENVELOPE_BYTES;
  for (const item of items) {
    const size = utf8Length(JSON.stringify(item)) + 1;
    if (ENVELOPE_BYTES + size > maxBytes) throw tooLong(nameOf(item));
    if (group.length === maxItems || bytes + size > maxBytes) {
      groups.push(group);
      group = [];
      bytes = ENVELOPE_BYTES;
    }
    group.push(item);
    bytes += size;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}
