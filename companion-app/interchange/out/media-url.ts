/** How a file is named in a timeline: absolute `file:` URLs, or relative to the timeline's own folder. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export interface MediaNaming {
  /** Folder of the timeline file; when given, media are named relative to it. */
  readonly relativeTo?: string;
}

/** "file:///…" percent-encoded, or "SH010%20take.mov" relative with forward slashes. */
export function mediaUrl(file: string, naming: MediaNaming): string {
  if (naming.relativeTo === undefined) return pathToFileURL(file).href;
  return path.relative(naming.relativeTo, file).split(path.sep).map(encodeURIComponent).join('/');
}

/** The same with the host that FCP7 XML wants: "file://localhost/…". */
export function pathUrl(file: string, naming: MediaNaming): string {
  return mediaUrl(file, naming).replace(/^file:\/\/\//, 'file://localhost/');
}
