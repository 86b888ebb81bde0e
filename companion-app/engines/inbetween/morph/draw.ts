/** Draws cut-outs part of the way from one board to the other. */
import { bendAt, type Bend } from './bend';
import type { Picture } from './drawing';
import { gather, type Place } from './gather';
import { enlarged, inverse, matrixAt, product, type Matrix, type Motion } from './geometry';
import type { Plate } from './plate';
import { tinted } from './recolour';
import type { Sheet } from './sheets';

export interface Piece {
  readonly motion: Motion;
  readonly bend: Bend | undefined;
  /** Cut from the board itself, and what the other board shows of it where this one hides it. */
  readonly own: Sheet | undefined;
  readonly hidden: Sheet | undefined;
}

export interface Half {
  readonly plate: Plate;
  /** Back to front. */
  readonly pieces: readonly Piece[];
}

/** Lost strokes go between these parts of the way (and come between the mirrored ones). */
const WIPE_FROM = 0.08;
const WIPE_TO = 0.46;

/** Draws one board's half of the way: its plate, then its pieces. `scale` is frame pixels for one of the study. */
export function drawHalf(half: Half, board: 'first' | 'second', part: number, scale: number, frame: Picture): void {
  const fromHere = board === 'first' ? part : 1 - part;
  const wiped = Math.min(1, Math.max(0, (fromHere - WIPE_FROM) / (WIPE_TO - WIPE_FROM)));
  drawPlate(half, board, part, scale, frame);
  for (const piece of half.pieces) {
    const other = board === 'first' ? 'second' : 'first';
    if (piece.hidden) drawSheet(piece.hidden, piece, other, part, scale, frame, 0);
    if (piece.own) drawSheet(piece.own, piece, board, part, scale, frame, wiped);
  }
}

function drawPlate(
  { plate: { change, ...kept }, pieces }: Half,
  board: 'first' | 'second',
  part: number,
  scale: number,
  frame: Picture,
): void {
  const plate = change ? { ...kept, rgb: tinted(kept.rgb, change, board === 'first' ? part : 1 - part, 3) } : kept;
  const stage = pieces.find(({ motion }, i) => i === 0 && motion)?.motion;
  const whole = stage && matrixAt(stage, 1);
  if (!stage || !whole || (whole.a === 1 && whole.b === 0 && whole.e === 0 && whole.f === 0)) {
    frame.rgb.set(plate.rgb);
    return;
  }
  const back = enlarged(inverse(matrixAt(stage, part)), scale);
  const toSecond = enlarged(whole, scale);
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      let px = back.a * x - back.b * y + back.e;
      let py = back.b * x + back.a * y + back.f;
      if (board === 'second') {
        const qx = toSecond.a * px - toSecond.b * py + toSecond.e;
        py = toSecond.b * px + toSecond.a * py + toSecond.f;
        px = qx;
      }
      sample(plate, px, py, frame.rgb, 3 * (y * frame.width + x));
    }
  }
}

function sample(p: Picture, x: number, y: number, out: Uint8Array, to: number): void {
  const cx = Math.min(p.width - 1, Math.max(0, x));
  const cy = Math.min(p.height - 1, Math.max(0, y));
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const x1 = Math.min(p.width - 1, x0 + 1);
  const y1 = Math.min(p.height - 1, y0 + 1);
  const fx = cx - x0;
  const fy = cy - y0;
  for (let c = 0; c < 3; c++) {
    const top = p.rgb[3 * (y0 * p.width + x0) + c]! * (1 - fx) + p.rgb[3 * (y0 * p.width + x1) + c]! * fx;
    const low = p.rgb[3 * (y1 * p.width + x0) + c]! * (1 - fx) + p.rgb[3 * (y1 * p.width + x1) + c]! * fx;
    out[to + c] = top + (low - top) * fy + 0.5;
  }
}

function drawSheet(
  sheet: Sheet,
  { motion, bend }: Piece,
  board: 'first' | 'second',
  part: number,
  scale: number,
  frame: Picture,
  wiped: number,
): void {
  const back = inverse(matrixAt(motion, part));
  const whole = matrixAt(motion, 1);
  const towards = board === 'first' ? -part : 1 - part;
  const place: Place = (fx, fy, out) => {
    const u = (fx + 0.5) / scale - 0.5;
    const v = (fy + 0.5) / scale - 0.5;
    let x = back.a * u - back.b * v + back.e;
    let y = back.b * u + back.a * v + back.f;
    if (bend) {
      const [dx, dy] = bendAt(bend, x, y);
      x += towards * dx;
      y += towards * dy;
    }
    if (board === 'second') {
      const q = whole.a * x - whole.b * y + whole.e;
      y = whole.b * x + whole.a * y + whole.f;
      x = q;
    }
    out[0] = (x + 0.5) * scale - 0.5;
    out[1] = (y + 0.5) * scale - 0.5;
  };
  const forward = board === 'first' ? inverse(back) : product(inverse(back), inverse(whole));
  const now = sheet.change
    ? { ...sheet, rgba: tinted(sheet.rgba, sheet.change, board === 'first' ? part : 1 - part, 4) }
    : sheet;
  gather(now, frame, { place, box: reached(sheet, enlarged(forward, scale), 10 * scale, frame), wiped });
}

function reached(
  sheet: Sheet,
  m: Matrix,
  spare: number,
  frame: Picture,
): { x0: number; y0: number; x1: number; y1: number } {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const x of [sheet.x, sheet.x + sheet.width]) {
    for (const y of [sheet.y, sheet.y + sheet.height]) {
      xs.push(m.a * x - m.b * y + m.e);
      ys.push(m.b * x + m.a * y + m.f);
    }
  }
  return {
    x0: Math.max(0, Math.floor(Math.min(...xs) - spare)),
    y0: Math.max(0, Math.floor(Math.min(...ys) - spare)),
    x1: Math.min(frame.width, Math.ceil(Math.max(...xs) + spare)),
    y1: Math.min(frame.height, Math.ceil(Math.max(...ys) + spare)),
  };
}
