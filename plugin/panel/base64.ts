/** Bytes as text for `src` attributes: not every UXP has btoa or object URLs. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, with padding. */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const left = bytes.length - i;
    parts.push(
      DIGITS.charAt(a >> 2) +
        DIGITS.charAt(((a & 3) << 4) | (b >> 4)) +
        (left > 1 ? DIGITS.charAt(((b & 15) << 2) | (c >> 6)) : '=') +
        (left > 2 ? DIGITS.charAt(c & 63) : '='),
    );
  }
  return parts.join('');
}

export const dataUrl = (type: string, bytes: Uint8Array): string => `data:${type};base64,${base64(bytes)}`;
