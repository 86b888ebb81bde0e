/** A shot seen while it is being drawn: any frame of it at once, of boards that are read and put on stage once. */
import type { Point, Shot, Size } from '../../../shared/shot';
import type { BoardPicture } from '../engine';
import { sightOf, type Pose } from './camera/pose';
import { smear } from './camera/smear';
import { frameShot, type Framed } from './framing/plan';
import {
  depthModel,
  findDepthPack,
  readBoard,
  readWithPack,
  type OpenDepthModel,
  type Reading,
  type SceneOptions,
} from './scene';
import { sceneOf } from './scene/build';
import { withEdits } from './scene/relief/edits';
import { focuses, sceneOptionsOf, stretchesOf, viewsOf, type Place } from './views';
import { wasmWarper } from './warp/wasm';
import type { Stage, View, Warper } from './warp/warper';

/** Room beyond the frame that is made whether it is needed or not, so that a camera may be dragged about in it. */
const ROOM = 0.15;
/** A move that goes further than there is room gets this much more than it needs. */
const MORE = 1.2;
/** Detail of the board that is kept, for cameras that may come closer. */
const TIGHTEST = 2;

export interface LiveOrder {
  readonly shot: Shot;
  /** The shot's boards; the same objects for the same drawings, else they are read again. */
  readonly boards: readonly BoardPicture[];
  readonly size: Size;
  readonly seed: number;
}

/** The four corners of what the camera sees at the middle distance, in parts of the frame at rest, clockwise from top left. */
export type Quad = readonly [Point, Point, Point, Point];

/** Near and far of a board, 0 far … 1 near. */
export interface NearMap {
  readonly width: number;
  readonly height: number;
  readonly near: Float32Array;
}

export interface Live {
  /** Frame `frame` of the shot as the engine would render it; what is built on the way is kept for the next. */
  picture(order: LiveOrder, frame: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Where the camera is at each of these frames. Throws like Engine.animate. */
  framing(order: LiveOrder, frames: readonly number[]): readonly Quad[];
  /** Near and far of one of the boards, the shot's corrections on it. */
  relief(order: LiveOrder, board: BoardPicture, signal: AbortSignal): Promise<NearMap>;
  close(): Promise<void>;
}

interface OnStage {
  readonly key: string;
  readonly board: BoardPicture;
  readonly overscan: SceneOptions['overscan'];
  readonly stage: Stage;
  readonly place: Place;
}

/**
 * Opens it. Frames are warped on the CPU: the card is the render's.
 * @param options.packsDir folder of packs; a depth model in it reads painted boards as it does for the render
 */
export async function openLive(options: {
  readonly packsDir?: string | undefined;
  readonly workers?: number;
}): Promise<Live> {
  const pack = options.packsDir === undefined ? undefined : await findDepthPack(options.packsDir);
  return new LiveShots(wasmWarper(options.workers), pack && depthModel(pack, 'cpu'));
}

class LiveShots implements Live {
  readonly #readings = new WeakMap<BoardPicture, Promise<Reading>>();
  #plan:
    { readonly key: string; readonly boards: readonly BoardPicture[]; readonly framed: readonly Framed[] } | undefined;
  #views: { readonly plan: object; readonly stage: object; readonly views: readonly View[] } | undefined;
  #onStage: OnStage | undefined;

  constructor(
    private readonly warper: Warper,
    private readonly model: OpenDepthModel | undefined,
  ) {}

  async picture(order: LiveOrder, frame: number, signal: AbortSignal): Promise<Uint8Array> {
    const plan = this.#planOf(order);
    const stretch = plan.find(({ from, to }) => frame >= from && frame < to) ?? plan.at(-1);
    if (!stretch) throw new RangeError('a shot without frames');
    const onStage = await this.#stageFor(order, stretch, signal);
    const view = this.#viewsOf(order, stretch, onStage)[Math.min(frame, stretch.to - 1) - stretch.from];
    const { size } = order;
    const rgb = new Uint8Array(3 * size.width * size.height);
    if (!view) throw new RangeError(`no view for frame ${frame}`);
    await onStage.stage.render(view, rgb);
    smear(rgb, size, view.smear ?? 0);
    return rgb;
  }

  framing(order: LiveOrder, frames: readonly number[]): readonly Quad[] {
    const plan = this.#planOf(order);
    const aspect = order.size.width / order.size.height;
    return frames.map((frame) => {
      const stretch = plan.find(({ from, to }) => frame >= from && frame < to) ?? plan.at(-1);
      const pose = stretch && posesOnPlan(stretch, order)[Math.min(frame, stretch.to - 1) - stretch.from]?.pose;
      if (!stretch || !pose) throw new RangeError(`no camera for frame ${frame}`);
      return quadOf(pose, stretch.path.lens, aspect);
    });
  }

  async relief({ shot }: LiveOrder, board: BoardPicture, signal: AbortSignal): Promise<NearMap> {
    const drawing = shot.boards.find(({ at }) => at === board.at)?.board;
    const strokes = (shot.reliefEdits ?? []).filter((stroke) => stroke.board === drawing);
    const { relief } = withEdits(await this.#read(board, signal), strokes);
    return { width: relief.width, height: relief.height, near: relief.near };
  }

  async close(): Promise<void> {
    await this.#onStage?.stage.strike();
    await this.model?.close();
    await this.warper.close();
  }

  #planOf({ shot, boards, size, seed }: LiveOrder): readonly Framed[] {
    const key = JSON.stringify([shot, size, seed]);
    const same = this.#plan?.key === key && this.#plan.boards.every((board, i) => board === boards[i]);
    if (!same || !this.#plan)
      this.#plan = { key, boards, framed: frameShot(shot, stretchesOf(shot, boards), size, seed) };
    return this.#plan.framed;
  }

  /** The stretch's board on stage; rebuilt only when what is on it would not do. */
  async #stageFor({ shot, size, seed }: LiveOrder, stretch: Framed, signal: AbortSignal): Promise<OnStage> {
    const asked = sceneOptionsOf(shot, stretch, size, seed);
    const soft = focuses(stretch);
    const cut = (asked.regions ?? []).map(({ id, outline, mask }) => [id, outline, mask]);
    const { board } = stretch;
    const key = JSON.stringify([size, seed, asked.fit, cut, asked.reliefEdits, soft]);
    const now = this.#onStage?.key === key && this.#onStage.board === board ? this.#onStage : undefined;
    const room = (part: number, had: number): number => (part <= had ? had : part * MORE);
    const kept = now?.overscan ?? { x: ROOM, y: ROOM };
    const overscan = { x: room(asked.overscan.x, kept.x), y: room(asked.overscan.y, kept.y) };
    if (now && now.overscan.x === overscan.x && now.overscan.y === overscan.y) return now;
    const options = { ...asked, overscan, tightest: TIGHTEST };
    const scene = await sceneOf(board, await this.#read(board, signal), options, signal);
    await this.#onStage?.stage.strike();
    this.#onStage = undefined;
    const stage = await this.warper.setUp(scene, { size, lens: stretch.path.lens, soft });
    const { boardWidth, boardHeight, margin, drawn } = scene;
    this.#onStage = {
      key,
      board,
      overscan,
      stage,
      place: { boardWidth, boardHeight, margin, ...(drawn ? { drawn } : {}) },
    };
    return this.#onStage;
  }

  /** Views of the stretch as they are rendered: with the room that the render would make, not that on this stage. */
  #viewsOf({ shot, size }: LiveOrder, stretch: Framed, { stage, place }: OnStage): readonly View[] {
    if (this.#views?.plan === stretch && this.#views.stage === stage) return this.#views.views;
    const margin = marginOf(stretch, place);
    const on = { place: { ...place, margin }, relief: stage.relief, size };
    const views = viewsOf(shot, stretch, on, () => undefined);
    this.#views = { plan: stretch, stage, views };
    return views;
  }

  #read(board: BoardPicture, signal: AbortSignal): Promise<Reading> {
    const known = this.#readings.get(board);
    if (known) return known;
    const { model } = this;
    const reading = model
      ? readWithPack(model, board, signal).then((read) => read.reading)
      : Promise.resolve(readBoard(board));
    this.#readings.set(board, reading);
    reading.catch(() => this.#readings.delete(board));
    return reading;
  }
}

const marginOf = ({ overscan }: Framed, { boardWidth, boardHeight }: Place): Place['margin'] => ({
  x: Math.ceil(overscan.x * boardWidth),
  y: Math.ceil(overscan.y * boardHeight),
});

/** The camera before any board is on stage: as wide a relief as may be expected has been reckoned with already. */
function posesOnPlan(stretch: Framed, { shot, size }: LiveOrder): readonly View[] {
  const place = { boardWidth: size.width, boardHeight: size.height };
  const on = { place: { ...place, margin: marginOf(stretch, { ...place, margin: { x: 0, y: 0 } }) }, size };
  return viewsOf({ ...shot, regions: [] }, stretch, { ...on, relief: { far: 1, near: 1 } }, () => undefined);
}

function quadOf(pose: Pose, lens: number, aspect: number): Quad {
  const half = 1 / aspect / 2;
  const at = (sx: number, sy: number): Point => {
    const { u0, v0, du, dv } = sightOf(pose, lens, sx, sy);
    return { x: u0 + du + 0.5, y: (v0 + dv) * aspect + 0.5 };
  };
  return [at(-0.5, -half), at(0.5, -half), at(0.5, half), at(-0.5, half)];
}
