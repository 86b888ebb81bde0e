/** The companion's own pages: plain files of one folder, and nothing outside it. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** A segment that names a file plainly: no dot first, no separators, drives, streams or control characters. */
const PLAIN_SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** The file a URL path means, or null when it means none of ours. Links are followed only inside the folder. */
export async function resolvePage(folder: string, urlPath: string): Promise<string | null> {
  const segments = (urlPath.endsWith('/') ? `${urlPath}index.html` : urlPath).split('/').slice(1);
  if (!segments.every((segment) => PLAIN_SEGMENT.test(segment))) return null;
  try {
    const root = await realpath(folder);
    const file = await realpath(path.join(root, ...segments));
    if (!file.startsWith(root + path.sep) || !(path.extname(file) in TYPES)) return null;
    return (await stat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}

/** Sends the page, or says false when there is none. */
export async function sendPage(folder: string, urlPath: string, response: ServerResponse): Promise<boolean> {
  const file = await resolvePage(folder, urlPath);
  if (file === null) return false;
  response.writeHead(200, { 'Content-Type': TYPES[path.extname(file)] });
  if (response.req.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file), response);
  return true;
}
