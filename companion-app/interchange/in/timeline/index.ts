/** Timelines of editors, whatever wrote them. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { FrameRate } from '../../../../shared/shot';
import { FormatFault, unreadable } from '../file/refuse';
import { readText } from '../file/read-text';
import { Warnings } from '../file/warnings';
import { MediaFinder } from '../media/finder';
import { parseXml } from '../xml/parse';
import { readEdl } from './edl/edl';
import { readFcp7 } from './fcp7/fcp7';
import { readFcpx } from './fcpx/fcpx';
import type { ReadTimeline, UnresolvedTimeline } from './model';
import { parseOtioJson } from './otio/json';
import { readOtio } from './otio/otio';
import { resolveMedia } from './resolve';

export type { ReadClip, ReadTimeline, ReadTrack } from './model';

/** Names of timelines, the folders that Final Cut and OTIO bundle theirs in among them. */
export const TIMELINE = /\.(?:otio|otiod|xml|xmeml|fcpxml|fcpxmld|edl)$/i;

export interface TimelineWish {
  /** For formats that hold no rate. */
  readonly rate?: FrameRate;
}

/** The timeline inside a bundle; the file itself otherwise. */
async function textFileOf(file: string): Promise<string> {
  const info = await stat(file).catch(() => null);
  if (info?.isDirectory() !== true) return file;
  return path.join(file, /\.fcpxmld$/i.test(file) ? 'Info.fcpxml' : 'content.otio');
}

function parse(text: string, warnings: Warnings, wish: TimelineWish): UnresolvedTimeline {
  const start = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .slice(0, 1);
  if (start === '{' || start === '[') return readOtio(parseOtioJson(text), warnings);
  if (start !== '<') return readEdl(text, warnings, wish.rate);
  const root = parseXml(text);
  if (root.name === 'xmeml') return readFcp7(root, warnings);
  if (root.name === 'fcpxml') return readFcpx(root, warnings);
  throw new FormatFault(`its XML is <${root.name}>, neither Final Cut's <xmeml> nor <fcpxml>`);
}

/**
 * Reads OTIO, FCP7 XML, FCPXML or an EDL by what it holds, not by its name, and looks for its media where it says and beside it.
 * Throws InbetweenError `board-unreadable` or `board-too-large` with the reason.
 */
export async function readTimeline(file: string, wish: TimelineWish = {}): Promise<ReadTimeline> {
  const source = await textFileOf(path.resolve(file));
  const warnings = new Warnings();
  try {
    const parsed = parse(await readText(source), warnings, wish);
    const resolved = await resolveMedia(parsed, new MediaFinder(path.dirname(source)));
    return { ...resolved, warnings: warnings.list() };
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error;
    throw unreadable(file, error.message, 'Export it again as OTIO, Final Cut Pro 7 XML or FCPXML.', error);
  }
}
