/** File paths as text: Premiere, the companion and the system write the same path differently. */

/**
 * One form for comparing: forward slashes, no `file://`, `\\?\` or macOS `/private` prefix, no doubled slashes,
 * composed Unicode (macOS decomposes), lower case (Windows and macOS do not tell cases apart; job ids do).
 */
export function samePathKey(path: string): string {
  return path
    .trim()
    .replace(/\\/g, '/')
    .replace(/^file:(\/\/(localhost)?)?(?=\/)/i, '')
    .replace(/^\/\/\?\/(unc\/)?/i, (_all, unc: string | undefined) => (unc === undefined ? '' : '//'))
    .replace(/^\/(?=[a-z]:\/)/i, '')
    .replace(/^\/private(?=\/(var|tmp)\/)/i, '')
    .replace(/(?!^)\/{2,}/g, '/')
    .normalize('NFC')
    .toLowerCase();
}

/** The last part of a path, of either kind. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Extension without its dot, lower case; empty where there is none. */
export function extension(path: string): string {
  return (/[^.]\.([A-Za-z0-9]{1,8})$/.exec(fileName(path))?.[1] ?? '').toLowerCase();
}

/** A file in a folder, with the separator that the folder's path uses. */
export function inFolder(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return /[/\\]$/.test(folder) ? folder + name : folder + separator + name;
}

const STILLS = new Set([
  'png',
  'jpg',
  'jpeg',
  'jpe',
  'webp',
  'tif',
  'tiff',
  'psd',
  'psb',
  'bmp',
  'dib',
  'tga',
  'exr',
  'dpx',
  'ai',
  'eps',
  'heic',
  'heif',
  'avif',
  'svg',
]);
const DECODABLE = new Set(['png', 'jpg', 'jpeg', 'jpe', 'webp', 'tif', 'tiff', 'psd']);

/** True for a picture file: on a timeline, a board. */
export function isStill(path: string): boolean {
  return STILLS.has(extension(path));
}

/** True for stills the companion decodes itself; others are exported through Premiere's own picture. */
export function isDecodable(path: string): boolean {
  return DECODABLE.has(extension(path));
}
