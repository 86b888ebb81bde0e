/** Final Cut Pro 7 XML (xmeml 3 to 5) as Premiere, Resolve, Storyboard Pro and others write it. */
import { canDrop, parseTimecode, TimeError, type FrameRate, type Size } from '../../../../../shared/shot';
import { FormatFault } from '../../file/refuse';
import type { Warnings } from '../../file/warnings';
import type { XmlElement } from '../../xml/element';
import { USUAL_SIZE, type UnresolvedTimeline } from '../model';
import { ClipBudget } from '../budget';
import { Library } from './library';
import { readMarkers } from './markers';
import { sequenceRate } from './rate';
import { readTracks } from './tracks';

function sizeOf(sequence: XmlElement): Size | null {
  const format = sequence.at('media', 'video', 'format', 'samplecharacteristics');
  const [width, height] = [format?.number('width'), format?.number('height')];
  const fits = (side: number | undefined): side is number => side !== undefined && side >= 2 && side <= 16_384;
  return fits(width) && fits(height) ? { width: Math.round(width), height: Math.round(height) } : null;
}

function startOf(sequence: XmlElement, rate: FrameRate): { frame: number; drop: boolean } {
  const timecode = sequence.at('timecode');
  const text = timecode?.text('string') ?? '';
  const drop = canDrop(rate) && (timecode?.text('displayformat').toUpperCase() === 'DF' || /[;]/.test(text));
  const frame = timecode?.number('frame');
  if (frame !== undefined && Number.isSafeInteger(frame)) return { frame, drop };
  try {
    return { frame: text === '' ? 0 : parseTimecode(text, rate, drop), drop };
  } catch (error) {
    if (error instanceof TimeError) return { frame: 0, drop };
    throw error;
  }
}

/** Sequences that are not shown inside another clip, in document order. */
function sequencesOf(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const open = [root];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (next.name === 'sequence') {
      if (next.at('media') !== undefined) found.push(next);
    } else if (['xmeml', 'project', 'bin', 'children'].includes(next.name)) open.unshift(...next.children);
  }
  return found;
}

/** Reads the first sequence of a file. Throws FormatFault where there is none that can be read. */
export function readFcp7(root: XmlElement, warnings: Warnings): UnresolvedTimeline {
  const [sequence, ...others] = sequencesOf(root);
  if (sequence === undefined) {
    throw new FormatFault('there is no sequence in it');
  }
  if (others.length > 0)
    warnings.add(
      `It holds ${others.length + 1} sequences; "${sequence.text('name')}" was read, not ${others
        .slice(0, 5)
        .map((other) => `"${other.text('name')}"`)
        .join(', ')}.`,
    );
  const rate = sequenceRate(sequence);
  if (rate === null) throw new FormatFault('its sequence has no frame rate');
  const size = sizeOf(sequence);
  const start = startOf(sequence, rate);
  const library = new Library(root);
  return {
    name: sequence.text('name') || 'Untitled',
    rate,
    dropFrame: start.drop,
    size: size ?? USUAL_SIZE,
    startFrame: start.frame,
    tracks: readTracks(sequence, rate, { library, warnings, budget: new ClipBudget() }),
    markers: readMarkers(sequence, 0, rate, rate),
    stated: { rate: true, size: size !== null },
    warnings: [],
  };
}
