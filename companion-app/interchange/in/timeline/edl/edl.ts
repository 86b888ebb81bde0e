/** CMX 3600 edit lists. They hold no rate: it is told, or guessed from the frames counted. */
import { canDrop, naturalOrder, nominalRate, TimeError, type FrameRate } from '../../../../../shared/shot';
import type { TimelineMarker } from '../../../timeline';
import { FormatFault } from '../../file/refuse';
import type { Warnings } from '../../file/warnings';
import { ClipBudget } from '../budget';
import { mediaKind } from '../media-kind';
import { USUAL_SIZE, type ReadClip, type ReadTrack, type UnresolvedTimeline } from '../model';
import { settle } from '../settle';
import { sortWords } from '../words';
import { attempt, guessRate, recordFrames, sourceFrames, zeroOf } from './clock';
import { readComments, type EdlComments } from './comments';
import { readEdlLines, type EdlEvent } from './lines';

interface Placed {
  readonly event: EdlEvent;
  readonly comments: EdlComments;
  readonly source: number;
  readonly from: number;
  readonly to: number;
}

function clipOf(placed: Placed, { zero, nominal }: { zero: number; nominal: number }, audio: boolean): ReadClip {
  const { event, comments, source, from, to } = placed;
  const speed = comments.framesPerSecond === null ? 1 : comments.framesPerSecond / nominal;
  const name = (event.transition.startsWith('C') ? comments.from : comments.to || comments.from) || event.reel;
  const path = comments.file || name;
  return {
    name,
    start: from - zero,
    frames: to - from,
    sourceIn: source,
    media: { path, kind: audio ? 'sound' : mediaKind(path, 'movie') },
    takes: [],
    markers: [],
    enabled: true,
    facts: {},
    words: sortWords(comments.notes),
    opacity: 1,
    ...(speed === 1 ? {} : { speed }),
  };
}

/** Reads a list. `stated` is the rate a person says it has. Throws FormatFault where there is no event in it. */
export function readEdl(text: string, warnings: Warnings, stated?: FrameRate): UnresolvedTimeline {
  const lines = readEdlLines(text);
  if (lines.events.length === 0) throw new FormatFault('there is no event of an edit list in it');
  if (lines.unread.length > 0)
    warnings.add(`Lines ${lines.unread.slice(0, 10).join(', ')} of the list cannot be read.`);
  const rate = stated ?? guessRate(lines);
  if (stated === undefined)
    warnings.add(`An edit list has no frame rate; it was read at ${rate.num / rate.den} frames a second.`);
  const drop = lines.dropFrame === true && canDrop(rate);
  const budget = new ClipBudget();
  const placed = lines.events.flatMap((event): Placed[] => {
    budget.take();
    try {
      const [sourceIn, , ...record] = event.times;
      const [from, to] = [recordFrames(record[0], rate, drop), recordFrames(record[1], rate, drop)];
      const source = sourceFrames(sourceIn, rate, drop);
      return [{ event, comments: readComments(event.comments), source, from, to }];
    } catch (error) {
      if (!(error instanceof TimeError)) throw error;
      warnings.add(`Event ${event.number} was left out: ${error.message}`);
      return [];
    }
  });
  if (placed.length === 0) throw new FormatFault('none of its events has timecodes that can be read');
  const zero = zeroOf(Math.min(...placed.map(({ from }) => from)), rate, drop);
  const markers: TimelineMarker[] = [];
  const tracks = new Map<string, { kind: 'video' | 'audio'; clips: ReadClip[] }>();
  for (const item of placed) {
    const own = item.comments.markers.map(({ timecode, name, frames }) => ({
      frame: ((timecode === null ? null : attempt(() => recordFrames(timecode, rate, drop))) ?? item.from) - zero,
      frames,
      name,
      comment: '',
    }));
    markers.push(...own);
    if (item.comments.onlyMarker || item.to <= item.from || /^(?:BL|BLACK)$/i.test(item.event.reel)) continue;
    for (const channel of channelsOf(item.event.channels)) {
      const kind = channel.startsWith('A') ? 'audio' : 'video';
      const track = tracks.get(channel) ?? { kind, clips: [] };
      tracks.set(channel, track);
      track.clips.push(clipOf(item, { zero, nominal: nominalRate(rate) }, kind === 'audio'));
    }
  }
  const order = [...tracks.entries()].sort(([a], [b]) => naturalOrder(a, b));
  const read = order.map(([name, track]): ReadTrack => ({
    name,
    enabled: true,
    kind: track.kind,
    clips: settle(track.clips, warnings),
  }));
  return {
    name: lines.title || 'Untitled',
    rate,
    dropFrame: drop,
    size: USUAL_SIZE,
    startFrame: zero,
    tracks: [...read.filter((t) => t.kind === 'video'), ...read.filter((t) => t.kind === 'audio')],
    markers,
    stated: { rate: stated !== undefined || lines.dropFrame === true, size: false },
    warnings: [],
  };
}

/** "V" and "V1" are one track; "B" and "AA/V" are picture and sound. */
function channelsOf(text: string): string[] {
  if (text === 'NONE') return [];
  if (text === 'B') return ['V1', 'A1'];
  const parts = text.split('/');
  return parts.flatMap((part) => {
    if (/^V\d*$/.test(part)) return [part === 'V' ? 'V1' : part];
    if (part === 'AA') return ['A1', 'A2'];
    if (part.startsWith('VA')) return ['V1', 'A1'];
    return [part === 'A' ? 'A1' : part];
  });
}
