/** Names that every file system takes: shots and sequences are called anything, files are not. */

/** Devices of Windows, which are no files whatever their extension. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** Cuts text to so many UTF-8 bytes without splitting a character. */
function cut(text: string, bytes: number): string {
  let used = 0;
  let out = '';
  for (const char of text) {
    used += Buffer.byteLength(char);
    if (used > bytes) break;
    out += char;
  }
  return out;
}

/**
 * One path component made of letters, digits, ".", "-" and "_" that is safe on Windows, macOS and Linux: never empty, "." or "..",
 * no device, no dot at either end, at most `bytes` bytes of UTF-8 in composed form.
 */
export function safeName(name: string, bytes = 60, otherwise = 'untitled'): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{Nd}._-]+/gu, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/_{2,}/g, '_')
    .replace(/^[._-]+/, '');
  const short = cut(plain, bytes).replace(/[._-]+$/, '');
  if (short === '') return otherwise;
  return RESERVED.test(short) ? cut(`_${short}`, bytes) : short;
}
