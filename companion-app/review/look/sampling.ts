/** Which frames of a clip are kept as pictures while it is gone through. */
import type { Shot } from '../../../shared/shot';

/** About so many frames are kept of a clip of any length. */
const SAMPLES = 96;

/** Frames evenly over the shot, with the ends of its moves, keys and boards; in order. */
export function sampleFrames(shot: Pick<Shot, 'frames' | 'moves' | 'framing' | 'boards'>): number[] {
  const last = Math.max(0, shot.frames - 1);
  const step = Math.max(1, Math.ceil(shot.frames / SAMPLES));
  const wanted = new Set<number>([0, last]);
  for (let frame = 0; frame <= last; frame += step) wanted.add(frame);
  for (const { from, to } of shot.moves ?? []) for (const frame of [from, to - 1, to]) wanted.add(frame);
  for (const { frame } of shot.framing ?? []) wanted.add(frame);
  for (const { at } of shot.boards) for (const frame of [at - 1, at]) wanted.add(frame);
  return [...wanted]
    .map((frame) => Math.round(frame))
    .filter((frame, i, all) => frame >= 0 && frame <= last && all.indexOf(frame) === i)
    .sort((a, b) => a - b);
}
