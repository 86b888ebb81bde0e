/** How timelines name files: URLs of every dialect, paths of other systems. */

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) < 32) return true;
  return false;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** "file://localhost/C%3a/a.png" is C:/a.png, "file://server/share/a.png" is //server/share/a.png. */
function fromFileUrl(url: string): string {
  const rest = url.replace(/^file:/i, '');
  const host = /^\/\/([^/\\]*)(.*)$/s.exec(rest);
  const path = host ? (host[2] ?? '') : rest;
  const name = (host?.[1] ?? '').toLowerCase();
  if (/^\/?[a-z](?::|\||%3a|%7c)/i.test(path)) return path.replace(/^\//, '').replace(/^([a-z])(?:\||%7c)/i, '$1:');
  // Some writers forget the third slash: file://C:/a.png.
  if (/^[a-z](?::|%3a)$/i.test(name)) return `${name}${path}`;
  return name === '' || name === 'localhost' || name === '127.0.0.1' ? path : `//${name}${path}`;
}

/**
 * The paths a reference may mean, likeliest first, with forward slashes; none for other things than files (web addresses,
 * names with control characters).
 */
export function pathsOf(reference: string): string[] {
  const text = reference.trim();
  if (text === '' || hasControl(text)) return [];
  if (/^file:/i.test(text)) return unlike([decoded(fromFileUrl(text)), fromFileUrl(text)]);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return [];
  return unlike([text, decoded(text)]);
}

function unlike(paths: readonly string[]): string[] {
  const plain = paths.map((path) => path.replaceAll('\\', '/')).filter((path) => !hasControl(path));
  return [...new Set(plain)];
}

/** Whether a path is whole by itself on some system. */
export const isWhole = (path: string): boolean => path.startsWith('/') || /^[a-z]:\//i.test(path);

/** One key for all the ways systems and archives write a name: any case, accents in either form. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** The last part of a path or URL, decoded; for people. */
export function lastPart(reference: string): string {
  const path = pathsOf(reference)[0] ?? reference;
  return path.replace(/\/+$/, '').split('/').at(-1) ?? path;
}

const hostOf = (path: string): string | null => /^[\\/]{2}([^\\/]*)/.exec(path)?.[1]?.toLowerCase() ?? null;

/**
 * Whether a path names a server ("//nas/film/a.png") or a device ("//./…", "//?/…") other than the one `folder` lies on. Merely
 * looking at such a file makes Windows log in at that server with the person's own name and password.
 */
export function leadsAway(path: string, folder: string): boolean {
  const host = hostOf(path);
  return host !== null && (host === '.' || host === '?' || host !== hostOf(folder));
}
