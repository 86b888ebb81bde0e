/** What kind of picture a file holds, told by its first bytes: names lie, and decoders are handed only what they are for. */

export type PictureKind = 'png' | 'jpeg' | 'webp' | 'tiff' | 'gif' | 'avif' | 'psd';

const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

const SIGNATURES: readonly (readonly [PictureKind, (head: Uint8Array) => boolean])[] = [
  ['png', (head) => text(head, 0, 8) === '\x89PNG\r\n\x1a\n'],
  ['jpeg', (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff],
  ['webp', (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP'],
  ['tiff', (head) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(text(head, 0, 4))],
  ['gif', (head) => /^GIF8[79]a$/.test(text(head, 0, 6))],
  ['avif', (head) => text(head, 4, 8) === 'ftyp' && /avi[fs]/.test(text(head, 8, 32))],
  ['psd', (head) => text(head, 0, 4) === '8BPS'],
];

/** The kind by its signature, or null for anything that is no board (SVG, PDF, playlists and text included). */
export function pictureKind(bytes: Uint8Array): PictureKind | null {
  const head = bytes.subarray(0, 32);
  return SIGNATURES.find(([, fits]) => fits(head))?.[0] ?? null;
}

/** In words, what a file that is no board seems to be; for the message. */
export function describeUnknown(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'it is empty';
  const start = text(bytes, 0, 256).trimStart();
  if (start.startsWith('%PDF')) return 'it is a PDF, not a picture';
  if (/^(<\?xml[^>]*>\s*)?(<!--|<!DOCTYPE svg|<svg)/i.test(start)) return 'it is an SVG drawing, not a picture';
  if (start.startsWith('BM')) return 'BMP pictures are not supported';
  if (start.startsWith('v/1\x01')) return 'OpenEXR pictures are not supported';
  if (/^ftyp(hei|mif)/.test(start.slice(4, 12))) return 'HEIC pictures are not supported';
  return 'it is not a picture';
}
