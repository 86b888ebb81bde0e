/** Faults planted into clean clips: which check must find each, and which others may well speak up too. */
import sharp from 'sharp';
import type { Picture } from '../../../companion-app/media';
import type { CameraMove, MoveKind, Shot } from '../../../shared/shot';
import { moveOf, type Base } from './bases';
import { whole, type Dice } from './dice';

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
type Fault = (base: Base, other: Base, dice: Dice) => Wrong | Promise<Wrong>;

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
    plant: ({ frames }, _other, dice) => {
      const [from, count, level] = [whole(dice, 10, 2, 22), whole(dice, 4, 2, 6), dice(2, 0, 4)];
      return {
        fault: 'black frames',
        must: ['black'],
        may: but('black'),
        frames: each(frames, (p, i) => (i >= from && i < from + count ? levels(p, () => level) : p)),
      };
    },
  },
  'one black frame': {
    needs: () => true,
    plant: ({ frames }, _other, dice) => {
      const at = whole(dice, 17, 1, 28);
      return {
        fault: 'one black frame',
        must: ['black'],
        may: but('black'),
        frames: each(frames, (p, i) => (i === at ? levels(p, () => 0) : p)),
      };
    },
  },
  'blown out': {
    needs: () => true,
    plant: ({ frames }, _other, dice) => {
      const from = whole(dice, 18, 8, 22);
      return {
        fault: 'blown out',
        must: ['blown out'],
        may: but('blown out'),
        frames: each(frames, (p, i) => (i >= from ? levels(p, (v) => v + (i - from + 2) * 130) : p)),
      };
    },
  },
  flicker: {
    needs: () => true,
    plant: ({ frames }, _other, dice) => {
      const [part, every] = [dice(0.95, 0.88, 0.95), whole(dice, 2, 2, 3)];
      return {
        fault: 'flicker',
        must: ['flicker'],
        may: but('flicker', 'frozen', 'loop', 'black'),
        frames: each(frames, (p, i) => (i >= 6 && i < 24 && i % every === 0 ? levels(p, (v) => part * v) : p)),
      };
    },
  },
  'a flash': {
    needs: () => true,
    plant: ({ frames }, _other, dice) => {
      const [at, part] = [whole(dice, 11, 3, 26), dice(0.85, 0.7, 0.87)];
      return {
        fault: 'a flash',
        must: ['flicker'],
        may: but('flicker', 'loop'),
        frames: each(frames, (p, i) => (i === at ? levels(p, (v) => part * v) : p)),
      };
    },
  },
  'frozen in the middle': {
    needs: isPlainMove,
    plant: ({ frames }, _other, dice) => {
      const [from, count] = [whole(dice, 10, 6, 13), whole(dice, 10, 8, 11)];
      return {
        fault: 'frozen in the middle',
        must: ['frozen'],
        may: ['motion', 'lines'],
        frames: each(frames, (p, i) => (i >= from && i < from + count ? (frames[from] ?? p) : p)),
      };
    },
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
    plant: ({ frames, shot }, _other, dice) => {
      // Where a move comes to rest by itself, nobody sees that it did so a little earlier.
      const rests = shot.moves?.some(({ ease }) => ease === 'ease-out' || ease === 'ease-in-out') === true;
      const last = whole(dice, rests ? 15 : 20, 12, rests ? 15 : 20);
      return {
        fault: 'frozen at the end',
        must: ['frozen'],
        may: ['motion', 'lines'],
        frames: each(frames, (p, i) => frames[Math.min(i, last)] ?? p),
      };
    },
  },
  loop: {
    needs: isPlainMove,
    plant: ({ frames }, _other, dice) => {
      const period = whole(dice, 10, 7, 13);
      return {
        fault: 'loop',
        must: ['loop'],
        may: but('loop', 'black', 'blown out', 'palette', 'colour', 'first frame'),
        frames: each(frames, (p, i) => frames[i % period] ?? p),
      };
    },
  },
  'a stretch twice': {
    needs: isPlainMove,
    plant: ({ frames }, _other, dice) => {
      const length = whole(dice, 14, 9, 14);
      return {
        fault: 'a stretch twice',
        must: ['loop'],
        may: but('loop', 'black', 'blown out', 'palette', 'colour', 'first frame'),
        frames: each(frames, (p, i) => frames[i < length || i >= 2 * length ? i : i - length] ?? p),
      };
    },
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
    plant: ({ frames }, _other, dice) => {
      const [channel, part] = [whole(dice, 2, 0, 2), dice(0.8, 0.7, 0.84)];
      return {
        fault: 'another colour',
        must: ['colour', 'palette'],
        may: ['first frame', 'lines'],
        frames: each(frames, (p) => levels(p, (v, c) => (c === channel ? part * v : v))),
      };
    },
  },
  'the palette drifts': {
    needs: ({ shot }) => shot.boards.length === 1,
    plant: ({ frames }, _other, dice) => {
      const [most, less] = [dice(0.25, 0.18, 0.35) / frames.length, dice(0.1, 0, 0.12) / frames.length];
      return {
        fault: 'the palette drifts',
        must: ['palette'],
        may: ['lines', 'motion'],
        frames: each(frames, (p, i) => levels(p, (v, c) => v * (c === 0 ? 1 - most * i : c === 2 ? 1 - less * i : 1))),
      };
    },
  },
  'the lines fade': {
    needs: isPlainMove,
    plant: async ({ frames }, _other, dice) => {
      const [from, step] = [whole(dice, 8, 4, 12), dice(0.35, 0.3, 0.5)];
      return {
        fault: 'the lines fade',
        must: ['lines'],
        may: ['motion', 'palette', 'flicker', 'blown out', 'frozen'],
        frames: await Promise.all(
          frames.map((p, i) => (i > from ? blur(p, 0.4 + (i - from) * step) : Promise.resolve(p))),
        ),
      };
    },
  },
  'becomes another drawing': {
    needs: isPlainMove,
    plant: ({ frames }, other, dice) => {
      const [from, over] = [whole(dice, 8, 4, 12), whole(dice, 14, 8, 14)];
      return {
        fault: 'becomes another drawing',
        must: ['lines'],
        may: ['motion', 'palette', 'flicker', 'frozen'],
        frames: each(frames, (p, i) => mixed(p, other.frames[i] ?? p, Math.min(1, Math.max(0, (i - from) / over)))),
      };
    },
  },
  'too few frames': {
    needs: () => true,
    plant: ({ frames }, _other, dice) => ({
      fault: 'too few frames',
      must: ['frames'],
      may: PICTURE,
      frames: frames.slice(0, whole(dice, 27, 20, 29)),
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
    plant: ({ frames }, _other, dice) => {
      const [left, top] = [whole(dice, 4, 0, 10), whole(dice, 160, 60, 165)];
      return {
        fault: 'words at the edge',
        must: ['safe area'],
        may: [],
        ...(frames[0] && { clean: frames[0] }),
        frames: each(frames, (p) => words(p, left, top)),
      };
    },
  },
};

/** Faults enough for each check of the pictures to find one. */
export const ONE_OF_EACH: readonly string[] = [
  ...['one black frame', 'blown out', 'flicker', 'frozen altogether', 'loop', 'another drawing', 'another colour'],
  ...['the lines fade', 'words at the edge'],
];

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
