/** SMPTE timecode (ST 12-1), drop-frame and non-drop, both ways, in whole frames. */
import { formatRate, nominalRate, TimeError, type FrameRate } from './rate';

/** Only 29.97 and 59.94 have a drop-frame count; this many frame numbers are skipped each minute but the tenth. */
function dropped(rate: FrameRate): number {
  return nominalRate(rate) / 15;
}

/** True for rates that have a drop-frame count (29.97, 59.94). */
export function canDrop(rate: FrameRate): boolean {
  return rate.den === 1001 && nominalRate(rate) % 30 === 0;
}

/**
 * Frame count to timecode: "01:00:00:00", drop-frame "01:00:00;00". Counts past 24 h wrap; negative frames get a leading "-".
 * Throws TimeError when the frame is not whole or drop-frame is asked of a rate that has none.
 */
export function formatTimecode(frame: number, rate: FrameRate, dropFrame = false): string {
  if (!Number.isSafeInteger(frame)) throw new TimeError(`${frame} is not a whole frame.`);
  if (dropFrame && !canDrop(rate)) throw new TimeError(`${formatRate(rate)} fps has no drop-frame timecode.`);
  if (frame < 0) return `-${formatTimecode(-frame, rate, dropFrame)}`;
  const fps = nominalRate(rate);
  let count = frame;
  if (dropFrame) {
    const drop = dropped(rate);
    const perMinute = fps * 60 - drop;
    const perTen = perMinute * 10 + drop;
    const tens = Math.floor(frame / perTen);
    const rest = frame % perTen;
    count += drop * 9 * tens + (rest > drop ? drop * Math.floor((rest - drop) / perMinute) : 0);
  }
  const ff = count % fps;
  const seconds = Math.floor(count / fps);
  const two = (n: number): string => String(n).padStart(2, '0');
  const hh = Math.floor(seconds / 3600) % 24;
  return `${two(hh)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${dropFrame ? ';' : ':'}${two(ff)}`;
}

/**
 * Timecode to frame count. ";" or "." before the frames means drop-frame unless `dropFrame` says otherwise.
 * Throws TimeError for text that is no timecode, a field out of range, or a drop-frame number that does not exist.
 */
export function parseTimecode(text: string, rate: FrameRate, dropFrame?: boolean): number {
  const m = /^(-?)(\d{1,2}):(\d{2}):(\d{2})([:;.,])(\d{2,3})$/.exec(text.trim());
  if (!m) throw new TimeError(`"${text}" is not a timecode. Write it like 00:00:01:12.`);
  const [hh, mm, ss, ff] = [Number(m[2]), Number(m[3]), Number(m[4]), Number(m[6])] as const;
  const fps = nominalRate(rate);
  if (mm > 59 || ss > 59 || ff >= fps) throw new TimeError(`"${text}" is not a timecode at ${formatRate(rate)} fps.`);
  const drops = dropFrame ?? (m[5] !== ':' && canDrop(rate));
  if (drops && !canDrop(rate)) throw new TimeError(`${formatRate(rate)} fps has no drop-frame timecode.`);
  let frames = ((hh * 60 + mm) * 60 + ss) * fps + ff;
  if (drops) {
    const drop = dropped(rate);
    if (ss === 0 && ff < drop && mm % 10 !== 0) throw new TimeError(`"${text}" does not exist: drop-frame skips it.`);
    const minutes = hh * 60 + mm;
    frames -= drop * (minutes - Math.floor(minutes / 10));
  }
  return m[1] === '-' ? -frames : frames;
}
