/** One clip of an xmeml track. */
import type { FrameRate } from '../../../../../shared/shot';
import type { XmlElement } from '../../xml/element';
import { mediaKind } from '../media-kind';
import type { ReadClip, ReadTrack } from '../model';
import { convertFrames } from '../rates';
import { trimTracks } from '../trim';
import { sortWords } from '../words';
import { readMarkers } from './markers';
import { sequenceRate, statedRate } from './rate';
import type { Passage, Reading } from './reading';

/** Comments and log notes, wherever the writer put them. */
function texts(item: XmlElement, file: XmlElement | undefined): string[] {
  const log = item.at('logginginfo');
  return [
    ...(item.at('comments')?.all() ?? []).map((comment) => comment.ownText),
    ...['description', 'lognote'].map((name) => log?.text(name) ?? ''),
    ...(item.at('metadata')?.all() ?? []).map((entry) => entry.text('value')),
    item.text('caption'),
    ...(file?.at('comments')?.all() ?? []).map((comment) => comment.ownText),
  ].filter((text) => text !== '');
}

/** Opacity of the clip's own opacity effect at its start, 0–1. */
function opacityOf(item: XmlElement): number {
  for (const filter of item.all('filter')) {
    const effect = filter.at('effect');
    if (effect?.text('effectid').toLowerCase() !== 'opacity' || !filter.flag(true, 'enabled')) continue;
    for (const parameter of effect.all('parameter')) {
      if (parameter.text('parameterid').toLowerCase() !== 'opacity') continue;
      const value = parameter.number('keyframe', 'value') ?? parameter.number('value');
      if (value !== undefined) return Math.min(1, Math.max(0, value / 100));
    }
  }
  return 1;
}

/** Frames of the media for each of the clip's, of its time remap; 1 where it has none or its speed varies. */
function speedOf(item: XmlElement): number {
  for (const filter of item.all('filter')) {
    const effect = filter.at('effect');
    if (effect?.text('effectid').toLowerCase() !== 'timeremap' || !filter.flag(true, 'enabled')) continue;
    const value = (id: string): XmlElement | undefined =>
      effect.all('parameter').find((parameter) => parameter.text('parameterid').toLowerCase() === id);
    const percent = value('speed')?.number('value');
    if (percent === undefined || value('variablespeed')?.flag(false, 'value') === true) return 1;
    return (percent / 100) * (value('reverse')?.flag(false, 'value') === true ? -1 : 1);
  }
  return 1;
}

interface Place {
  readonly start: number;
  readonly frames: number;
  readonly sourceIn: number;
}

interface Beside {
  readonly before: Passage | undefined;
  readonly after: Passage | undefined;
}

/** Start and end in the sequence; −1 means "where the transition beside it cuts", and the source moves with it. */
function placeOf(item: XmlElement, { before, after }: Beside, own: FrameRate, rate: FrameRate): Place | null {
  const [from, to] = [item.number('start') ?? -1, item.number('end') ?? -1];
  const sourceIn = convertFrames(item.number('in') ?? 0, own, rate);
  const used = convertFrames(item.number('out') ?? 0, own, rate) - sourceIn;
  const start = from >= 0 ? from : before?.cut;
  const end = to >= 0 ? to : after?.cut;
  if (start !== undefined && end !== undefined) {
    const hidden = from < 0 && before ? before.cut - before.from : 0;
    return { start, frames: end - start, sourceIn: sourceIn + hidden };
  }
  if (used <= 0 || (start === undefined && end === undefined)) return null;
  return { start: start ?? (end ?? 0) - used, frames: used, sourceIn };
}

function innerTracks(sequence: XmlElement, place: Place, rate: FrameRate, reading: Reading): ReadTrack[] {
  const inner = sequenceRate(sequence) ?? rate;
  const tracks = reading.within(sequence, inner).filter((track) => track.kind === 'video');
  return trimTracks(tracks, inner, rate, place);
}

/** The clip in the sequence's frames; null for one without a length. */
export function readClip(
  item: XmlElement,
  kind: 'video' | 'audio',
  beside: Beside,
  rate: FrameRate,
  reading: Reading,
): ReadClip | null {
  const own = statedRate(item) ?? rate;
  const place = placeOf(item, beside, own, rate);
  if (place === null) {
    reading.warnings.add(`The clip "${item.text('name')}" has no place in time and was left out.`);
    return null;
  }
  const named = item.at('file');
  const file = named === undefined ? undefined : reading.library.full(named);
  const path = file?.text('pathurl') || (file?.text('name') ?? '');
  const frames = file?.number('duration');
  const whole =
    frames === undefined
      ? convertFrames(item.number('duration') ?? 0, own, rate)
      : convertFrames(frames, statedRate(file) ?? own, rate);
  const nested = item.at('sequence');
  const speed = speedOf(item);
  const still = item.flag(false, 'stillframe');
  return {
    name: item.text('name') || (file?.text('name') ?? ''),
    ...place,
    // In and out count the clip as it plays: half as fast, frame 20 of it is frame 10 of its file.
    ...(speed > 0 ? { sourceIn: Math.round(place.sourceIn * speed) } : {}),
    ...(speed === 1 ? {} : { speed }),
    media: {
      path,
      kind: kind === 'audio' ? 'sound' : still ? 'still' : mediaKind(path, 'movie'),
      ...(whole > 0 ? { frames: whole } : {}),
    },
    takes: [],
    markers: readMarkers(item, item.number('in') ?? 0, own, rate),
    enabled: item.flag(true, 'enabled'),
    facts: {},
    words: sortWords(texts(item, file)),
    opacity: opacityOf(item),
    ...(nested && kind === 'video' ? { within: innerTracks(reading.library.full(nested), place, rate, reading) } : {}),
  };
}
