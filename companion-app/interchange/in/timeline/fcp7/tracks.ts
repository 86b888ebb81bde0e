/** Tracks of an xmeml sequence: clips between their transitions, nested sequences opened. */
import type { FrameRate } from '../../../../../shared/shot';
import { IN_LIMITS } from '../../file/limits';
import { FormatFault } from '../../file/refuse';
import type { XmlElement } from '../../xml/element';
import type { ReadClip, ReadTrack } from '../model';
import { settle } from '../settle';
import { readClip } from './clip';
import type { Passage, Reading } from './reading';

function passage(item: XmlElement | undefined): Passage | undefined {
  if (item?.name !== 'transitionitem') return undefined;
  const [from, to] = [item.number('start'), item.number('end')];
  if (from === undefined || to === undefined || to < from || from < 0) return undefined;
  const alignment = item.text('alignment').toLowerCase();
  return {
    from,
    cut: alignment.startsWith('start') ? from : alignment.startsWith('end') ? to : Math.floor((from + to) / 2),
  };
}

/** Titles, leaders, mattes: Premiere writes some of them as clips of a file without a place. */
function isGenerator(item: XmlElement, reading: Reading): boolean {
  const named = item.at('file');
  const file = named === undefined ? undefined : reading.library.full(named);
  return item.name === 'generatoritem' || (file?.at('mediaSource') !== undefined && file.text('pathurl') === '');
}

function readTrack(
  track: XmlElement,
  kind: 'video' | 'audio',
  number: number,
  rate: FrameRate,
  reading: Reading,
): ReadTrack {
  const items = track.all('clipitem', 'transitionitem', 'generatoritem');
  const clips = items.flatMap((item, i): ReadClip[] => {
    if (item.name === 'transitionitem') return [];
    if (isGenerator(item, reading)) {
      const name = item.text('name') || item.text('effect', 'name');
      reading.warnings.add(`The title or generator "${name}" holds no picture file and was left out.`);
      return [];
    }
    reading.budget.take();
    const clip = readClip(item, kind, { before: passage(items[i - 1]), after: passage(items[i + 1]) }, rate, reading);
    return clip ? [clip] : [];
  });
  return {
    name: `${kind === 'video' ? 'V' : 'A'}${number}`,
    kind,
    enabled: track.flag(true, 'enabled'),
    clips: settle(clips, reading.warnings),
  };
}

/** Video tracks bottom to top, then audio tracks. Throws FormatFault for sequences nested without end. */
export function readTracks(
  sequence: XmlElement,
  rate: FrameRate,
  shared: Omit<Reading, 'within'>,
  depth = 0,
): ReadTrack[] {
  if (depth > IN_LIMITS.nesting) throw new FormatFault('its sequences are nested too deep, or within themselves');
  const reading = { ...shared, within: (inner: XmlElement, at: FrameRate) => readTracks(inner, at, shared, depth + 1) };
  return (['video', 'audio'] as const).flatMap((kind) =>
    (sequence.at('media', kind)?.all('track') ?? []).map((track, i) => readTrack(track, kind, i + 1, rate, reading)),
  );
}
