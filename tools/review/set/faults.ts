/** Faults planted into clean clips: which check must find each, and which others may well speak up too. */
import sharp from 'sharp';
import type { Picture } from '../../../companion-app/media';
import type { CameraMove, MoveKind, Shot } from '../../../shared/shot';
import { moveOf, type Base } from './bases';

/** A clip with what is wrong in it. */
export interface Planted extends Base {
  readonly fault: string;
  /** Checks that have to fail. */
  readonly must: readonly string[];
  /** Checks that may fail as well: a black frame has no lines either. Neither right nor wrong. */
  readonly may: readonly string[];
  /** What is ordered differs from what is delivered. */
  readonly ordered?: { readonly frames?: number; readonly rate?: Shot['rate']; readonly width?: number };
  /** Frame 0 before anything was burnt in. */
  readonly clean?: Picture;
}

/** Taken out of the global object once: in the innermost loops looking it up would cost more than the sum itself. */
const { max, min, round } = Math;

type Frames = readonly Picture[];
type Wrong = Omit<Planted, keyof Base> & Partial<Base>;
type Fault = (base: Base, other: Base) => Wrong | Promise<Wrong>;

const PICTURE = [
  'motion',
  'lines',
  'palette',
  'first frame',
  'colour',
  'flicker',
  'frozen',
  'loop',
  'black',
  'blown out',
];
const but = (...names: string[]): string[] => PICTURE.filter((name) => !names.includes(name));

const each = (frames: Frames, change: (picture: Picture, i: number) => Picture): Picture[] => frames.map(change);

/** Every byte through a function. */
function levels(picture: Picture, f: (value: number, channel: number) => number): Picture {
  return { ...picture, rgb: picture.rgb.map((value, i) => min(255, max(0, round(f(value, i % 3))))) };
}

async function blur(picture: Picture, sigma: number): Promise<Picture> {
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const rgb = await sharp(picture.rgb, { raw }).blur(sigma).raw().toBuffer();
  return { ...picture, rgb: new Uint8Array(rgb) };
}

function mixed(a: Picture, b: Picture, part: number): Picture {
  return { ...a, rgb: a.rgb.map((value, i) => round(value * (1 - part) + (b.rgb[i] ?? 0) * part)) };
}

/** White letters in a dark box, `left` and `top` pixels from the corner. */
function words(picture: Picture, left: number, top: number): Picture {
  const rgb = picture.rgb.slice();
  for (let y = top; y < top + 14; y += 1) {
    for (let x = left; x < left + 90; x += 1) {
      const letter = x % 8 < 4 && y > top + 3 && y < top + 11;
      for (let c = 0; c < 3; c += 1) {
        const i = 3 * (y * picture.width + x) + c;
        rgb[i] = letter ? 255 : (rgb[i] ?? 0) >> 1;
      }
    }
  }
  return { ...picture, rgb };
}

const OPPOSITE: Partial<Record<MoveKind, MoveKind>> = {
  'push-in': 'pull-out',
  'pull-out': 'push-in',
  'zoom-in': 'zoom-out',
  'zoom-out': 'zoom-in',
  'pan-left': 'pan-right',
  'pan-right': 'pan-left',
  'tilt-up': 'tilt-down',
  'tilt-down': 'tilt-up',
  'truck-left': 'truck-right',
  'truck-right': 'truck-left',
  'crane-up': 'crane-down',
  'crane-down': 'crane-up',
  'roll-cw': 'roll-ccw',
  'roll-ccw': 'roll-cw',
};

const asking = (shot: Shot, change: (move: CameraMove) => CameraMove): Shot => ({
  ...shot,
  moves: (shot.moves ?? []).map(change),
});

/** Moves whose motion is a similarity, so that another one can be told from it. */
export const isPlainMove = ({ shot }: Base): boolean =>
  shot.boards.length === 1 && shot.moves?.length === 1 && OPPOSITE[shot.moves[0]?.kind ?? 'static'] !== undefined;

/** Each fault by its name; `needs` says which clean clips it can be planted into. */
export const FAULTS: Readonly<Record<string, { readonly plant: Fault; readonly needs: (base: Base) => boolean }>> = {
  'black frames': {
    needs: () => true,
    plant: ({ frames }) => ({
      fault: 'black frames',
      must: ['black'],
      may: but('black'),
      frames: each(frames, (p, i) => (i >= 10 && i < 14 ? levels(p, () => 2) : p)),
    }),
  },
  'one black frame': {
    needs: () => true,
    plant: ({ frames }) => ({
      fault: 'one black frame',
      must: ['black'],
      may: but('black'),
      frames: each(frames, (p, i) => (i === 17 ? levels(p, () => 0) : p)),
    }),
  },
  'blown out': {
    needs: () => true,
    plant: ({ frames }) => ({
      fault: 'blown out',
      must: ['blown out'],
      may: but('blown out'),
      frames: each(frames, (p, i) => (i >= 18 ? levels(p, (v) => v + (i - 16) * 130) : p)),
    }),
  },
  flicker: {
    needs: () => true,
    plant: ({ frames }) => ({
      fault: 'flicker',
      must: ['flicker'],
      may: but('flicker', 'frozen', 'loop', 'black'),
      frames: each(frames, (p, i) => (i >= 6 && i < 24 && i % 2 === 0 ? levels(p, (v) => 0.95 * v) : p)),
    }),
  },
  'a flash': {
    needs: () => true,
    plant: ({ frames }) => ({
      fault: 'a flash',
      must: ['flicker'],
      may: but('flicker', 'loop'),
      frames: each(frames, (p, i) => (i === 11 ? levels(p, (v) => 0.85 * v) : p)),
    }),
  },
  'frozen in the middle': {
    needs: isPlainMove,
    plant: ({ frames }) => ({
      fault: 'frozen in the middle',
      must: ['frozen'],
      may: ['motion', 'lines'],
      frames: each(frames, (p, i) => (i >= 10 && i < 20 ? (frames[10] ?? p) : p)),
    }),
  },
  'frozen altogether': {
    needs: isPlainMove,
    plant: ({ frames }) => ({
      fault: 'frozen altogether',
      must: ['frozen', 'motion'],
      may: ['lines'],
      frames: each(frames, (p) => frames[0] ?? p),
    }),
  },
  'frozen at the end': {
    needs: isPlainMove,
    plant: ({ frames }) => ({
      fault: 'frozen at the end',
      must: ['frozen'],
      may: ['motion', 'lines'],
      frames: each(frames, (p, i) => frames[Math.min(i, 20)] ?? p),
    }),
  },
  loop: {
    needs: isPlainMove,
    plant: ({ frames }) => ({
      fault: 'loop',
      must: ['loop'],
      may: but('loop', 'black', 'blown out', 'palette', 'colour', 'first frame'),
      frames: each(frames, (p, i) => frames[i % 10] ?? p),
    }),
  },
  'a stretch twice': {
    needs: isPlainMove,
    plant: ({ frames }) => ({
      fault: 'a stretch twice',
      must: ['loop'],
      may: but('loop', 'black', 'blown out', 'palette', 'colour', 'first frame'),
      frames: each(frames, (p, i) => frames[i < 14 ? i : i < 28 ? i - 14 : i] ?? p),
    }),
  },
  'the other way': {
    needs: isPlainMove,
    plant: ({ shot }) => ({
      fault: 'the other way',
      must: ['motion'],
      may: ['first frame', 'lines'],
      shot: asking(shot, (move) => ({ ...move, kind: OPPOSITE[move.kind] ?? move.kind })),
    }),
  },
  'too little': {
    needs: isPlainMove,
    plant: ({ shot, frames }) => ({
      fault: 'too little',
      must: ['motion'],
      may: ['first frame', 'lines', 'frozen'],
      shot,
      frames: each(frames, (p, i) => frames[Math.floor(i / 4)] ?? p),
    }),
  },
  'too much': {
    needs: isPlainMove,
    plant: ({ shot }) => ({
      fault: 'too much',
      must: ['motion'],
      may: ['first frame', 'lines'],
      shot: asking(shot, (move) => ({
        ...move,
        amount: move.amount > 1 && move.amount < 3 ? 1 + (move.amount - 1) / 3 : move.amount / 3,
      })),
    }),
  },
  'moves though it should stand': {
    needs: isPlainMove,
    plant: ({ shot }) => ({
      fault: 'moves though it should stand',
      must: ['motion'],
      may: ['first frame', 'lines'],
      shot: asking(shot, () => moveOf('static')),
    }),
  },
  'another drawing': {
    needs: ({ shot }) =>
      shot.boards.length === 1 &&
      (shot.moves ?? []).every(({ kind }) => ['static', 'hold', 'push-in', 'zoom-in'].includes(kind)),
    plant: (_base, other) => ({
      fault: 'another drawing',
      must: ['first frame'],
      may: but('first frame', 'black', 'blown out', 'flicker', 'loop'),
      frames: other.frames,
    }),
  },
  'another colour': {
    needs: ({ shot }) =>
      shot.boards.length === 1 &&
      (shot.moves ?? []).every(({ kind }) => ['static', 'hold', 'push-in', 'zoom-in'].includes(kind)),
    plant: ({ frames }) => ({
      fault: 'another colour',
      must: ['colour', 'palette'],
      may: ['first frame', 'lines'],
      frames: each(frames, (p) => levels(p, (v, c) => (c === 2 ? 0.8 * v : v))),
    }),
  },
  'the palette drifts': {
    needs: ({ shot }) => shot.boards.length === 1,
    plant: ({ frames }) => ({
      fault: 'the palette drifts',
      must: ['palette'],
      may: ['lines', 'motion'],
      frames: each(frames, (p, i) =>
        levels(
          p,
          (v, c) => v * (c === 0 ? 1 - (0.25 * i) / frames.length : c === 2 ? 1 - (0.1 * i) / frames.length : 1),
        ),
      ),
    }),
  },
  'the lines fade': {
    needs: isPlainMove,
    plant: async ({ frames }) => ({
      fault: 'the lines fade',
      must: ['lines'],
      may: ['motion', 'palette', 'flicker', 'blown out', 'frozen'],
      frames: await Promise.all(frames.map((p, i) => (i > 8 ? blur(p, 0.4 + (i - 8) * 0.35) : Promise.resolve(p)))),
    }),
  },
  'becomes another drawing': {
    needs: isPlainMove,
    plant: ({ frames }, other) => ({
      fault: 'becomes another drawing',
      must: ['lines'],
      may: ['motion', 'palette', 'flicker', 'frozen'],
      frames: each(frames, (p, i) => mixed(p, other.frames[i] ?? p, Math.min(1, Math.max(0, (i - 8) / 14)))),
    }),
  },
  'too few frames': {
    needs: () => true,
    plant: ({ frames }) => ({
      fault: 'too few frames',
      must: ['frames'],
      may: PICTURE,
      frames: frames.slice(0, 27),
      ordered: { frames: frames.length },
    }),
  },
  'another rate': {
    needs: () => true,
    plant: () => ({
      fault: 'another rate',
      must: ['rate'],
      may: [],
      ordered: { rate: { num: 24_000, den: 1001 } },
    }),
  },
  'another size': {
    needs: () => true,
    plant: () => ({ fault: 'another size', must: ['size'], may: [], ordered: { width: 322 } }),
  },
  'words at the edge': {
    needs: ({ shot }) => shot.boards.length === 1,
    plant: ({ frames }) => ({
      fault: 'words at the edge',
      must: ['safe area'],
      may: [],
      ...(frames[0] && { clean: frames[0] }),
      frames: each(frames, (p) => words(p, 4, 160)),
    }),
  },
};

/** No fault, but something burnt in where it belongs. */
export function cleanWithWords(base: Base): Planted {
  const [clean] = base.frames;
  return {
    ...base,
    fault: '',
    must: [],
    may: [],
    ...(clean && { clean }),
    frames: each(base.frames, (p) => words(p, 20, 152)),
  };
}
