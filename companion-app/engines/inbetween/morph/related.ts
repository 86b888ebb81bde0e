/** Whether two boards show the same things at all. */
import { apart, type Matrix } from './geometry';
import type { Side } from './side';

/** Motions that set a place apart by less than this (in diagonals) go together. */
const TOGETHER = 0.06;
/** A motion that so much of the drawing follows is believed; chance likenesses scatter. */
const BELIEVED = 0.2;

/**
 * Share of the strokes on both boards that have found their like on the other, each believed as far as others go its way:
 * 0 … 1, the mean of the two boards, so that something added to a drawing does not make it another.
 */
export function kinship(a: Side, b: Side, moves: readonly Matrix[], back: readonly Matrix[]): number {
  return (believed(a, moves) + believed(b, back)) / 2;
}

function believed({ drawing, owner, lost }: Side, moves: readonly Matrix[]): number {
  const { width, height, ink } = drawing;
  const found = new Float64Array(moves.length);
  const x = new Float64Array(moves.length);
  const y = new Float64Array(moves.length);
  let all = 0;
  for (let i = 0; i < lost.length; i++) {
    if (!ink[i]) continue;
    all++;
    if (lost[i]) continue;
    const k = owner[i]!;
    found[k]! += 1;
    x[k]! += i % width;
    y[k]! += Math.floor(i / width);
  }
  if (all === 0) return 1;
  const near = TOGETHER * Math.hypot(width, height);
  let sum = 0;
  moves.forEach((m, k) => {
    if (found[k] === 0) return;
    const [cx, cy] = [x[k]! / found[k]!, y[k]! / found[k]!];
    const followers = moves.reduce((n, other, j) => n + (apart(m, other, cx, cy) < near ? found[j]! : 0), 0);
    sum += found[k]! * Math.min(1, followers / all / BELIEVED);
  });
  return sum / all;
}
