/** How a clip's own time runs over its media: FCPXML's timeMap, a line through points. */
import type { XmlElement } from '../../xml/element';
import { before, minus, plus, type Seconds } from '../seconds';
import { parseSeconds } from './time';

interface Point {
  readonly time: Seconds;
  readonly value: Seconds;
}

export interface Retimed {
  /** The moment of the media that is seen at the moment asked for. */
  readonly at: Seconds;
  /** Seconds of the media a second. */
  readonly speed: number;
}

const asNumber = ({ num, den }: Seconds): number => Number(num) / Number(den);

/** What is seen at a moment of the clip's own time; null where it plays as it was taken. */
export function retimed(item: XmlElement, moment: Seconds): Retimed | null {
  const points = (item.at('timeMap')?.all('timept') ?? []).flatMap(({ attributes }): Point[] => {
    const [time, value] = [parseSeconds(attributes.time), parseSeconds(attributes.value)];
    return time && value ? [{ time, value }] : [];
  });
  const after = points.findIndex(({ time }) => before(moment, time));
  const second = after < 0 ? points.length - 1 : Math.max(1, after);
  const [from, to] = [points[second - 1], points[second]];
  if (from === undefined || to === undefined) return null;
  const [time, value] = [minus(to.time, from.time), minus(to.value, from.value)];
  if (time.num === 0n) return null;
  const since = minus(moment, from.time);
  const sign = time.num < 0n ? -1n : 1n;
  const along: Seconds = {
    num: sign * value.num * time.den * since.num,
    den: sign * value.den * time.num * since.den,
  };
  return { at: plus(from.value, along), speed: asNumber(value) / asNumber(time) };
}
