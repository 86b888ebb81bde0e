/** A board of round dots, and finding them again in a frame to a hundredth of a pixel or so. */
import type { BoardPicture } from '../../../../companion-app/engines/engine';

export interface Dot {
  readonly x: number;
  readonly y: number;
}

const RADIUS = 5;

/** Part of the board along each edge that stays white. */
const CLEAR = 0.07;

/** White paper with soft black dots every `spacing` pixels, none of them at the edges. */
export function dotBoard(width: number, height: number, spacing = 40): BoardPicture {
  const rgb = new Uint8Array(width * height * 3);
  const offset = (length: number) => ((length % spacing) + spacing) / 2;
  const distance = (at: number, length: number) => {
    const from = (at + 0.5 - offset(length)) / spacing;
    const middle = Math.round(from) * spacing + offset(length);
    const clear = middle - RADIUS - 2 < CLEAR * length || middle + RADIUS + 2 > (1 - CLEAR) * length;
    return clear ? Infinity : (from - Math.round(from)) * spacing;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const far = Math.hypot(distance(x, width), distance(y, height));
      rgb.fill(
        Math.round(255 * Math.min(1, Math.max(0, (far - RADIUS + 2) / 4))),
        3 * (y * width + x),
        3 * (y * width + x) + 3,
      );
    }
  }
  return { at: 0, name: 'dots.png', width, height, rgb };
}

/** Centres of all dark spots that do not touch the frame's border: darkness-weighted, in pixels from the frame's centre. */
export function findDots(rgb: Uint8Array, width: number, height: number): Dot[] {
  const darkness = (i: number) => Math.max(0, 225 - rgb[3 * i]!);
  const seen = new Uint8Array(width * height);
  const dots: Dot[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || darkness(start) === 0) continue;
    seen[start] = 1;
    const stack = [start];
    let [sum, sx, sy, touches] = [0, 0, 0, false];
    while (stack.length > 0) {
      const i = stack.pop()!;
      const [x, y] = [i % width, Math.floor(i / width)];
      touches ||= x === 0 || y === 0 || x === width - 1 || y === height - 1;
      sum += darkness(i);
      sx += darkness(i) * (x + 0.5 - width / 2);
      sy += darkness(i) * (y + 0.5 - height / 2);
      for (const j of [i - 1, i + 1, i - width, i + width]) {
        if (j < 0 || j >= seen.length || seen[j] || darkness(j) === 0) continue;
        seen[j] = 1;
        stack.push(j);
      }
    }
    if (!touches && sum > 1000) dots.push({ x: sx / sum, y: sy / sum });
  }
  return dots;
}

/** Follows dots from frame to frame; a dot that is lost once is lost for good. */
export class Tracker {
  tracks: Dot[][] = [];

  constructor(private readonly mostStep: number) {}

  add(dots: readonly Dot[]): void {
    if (this.tracks.length === 0) {
      this.tracks = dots.map((dot) => [dot]);
      return;
    }
    this.tracks = this.tracks.flatMap((track) => {
      const last = track.at(-1)!;
      const before = track.at(-2) ?? last;
      const guess = { x: 2 * last.x - before.x, y: 2 * last.y - before.y };
      let best: Dot | undefined;
      for (const dot of dots) {
        if (!best || Math.hypot(dot.x - guess.x, dot.y - guess.y) < Math.hypot(best.x - guess.x, best.y - guess.y))
          best = dot;
      }
      return best && Math.hypot(best.x - guess.x, best.y - guess.y) <= this.mostStep ? [[...track, best]] : [];
    });
  }
}

export interface Similarity {
  readonly scale: number;
  /** Degrees clockwise. */
  readonly turn: number;
  readonly x: number;
  readonly y: number;
}

/** The scaling, turn and shift that best carries dots `from` to dots `to` (least squares). */
export function similarity(from: readonly Dot[], to: readonly Dot[]): Similarity {
  const n = from.length;
  if (n < 3) throw new Error(`only ${n} dots could be followed`);
  const mean = (dots: readonly Dot[], axis: 'x' | 'y') => dots.reduce((sum, dot) => sum + dot[axis], 0) / n;
  const [ax, ay, bx, by] = [mean(from, 'x'), mean(from, 'y'), mean(to, 'x'), mean(to, 'y')];
  let [dot, cross, size] = [0, 0, 0];
  from.forEach((a, i) => {
    const b = to[i]!;
    dot += (a.x - ax) * (b.x - bx) + (a.y - ay) * (b.y - by);
    cross += (a.x - ax) * (b.y - by) - (a.y - ay) * (b.x - bx);
    size += (a.x - ax) ** 2 + (a.y - ay) ** 2;
  });
  const scale = Math.hypot(dot, cross) / size;
  const turn = Math.atan2(cross, dot);
  const x = bx - scale * (ax * Math.cos(turn) - ay * Math.sin(turn));
  const y = by - scale * (ax * Math.sin(turn) + ay * Math.cos(turn));
  return { scale, turn: (turn * 180) / Math.PI, x, y };
}
