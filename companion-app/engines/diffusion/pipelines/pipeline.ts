/** What every family's pipeline is: a picture in, frames out, with its noise and its observers handed in. */
import type { Provider } from '../../../inference';
import type { Style } from '../../../inference/lora';
import type { Pack, Patience, Quiet, Stage } from '../../../inference/packs';
import type { Rgb } from '../picture/resample';

export type Family = 'svd' | 'ltx' | 'wan-ti2v' | 'wan-i2v' | 'i2vgen' | 'dynamicrafter';

/** How a run meets the world. */
export interface RunContext {
  /** Standard normal numbers; `name` tells the draws of a run apart. */
  readonly noise: (name: string, dims: readonly number[]) => Float32Array;
  /** Sees every intermediate; what it returns is used in its place. */
  readonly tap: (name: string, data: Float32Array, dims: readonly number[]) => Float32Array;
  /** Sees numbers that are not pictures or latents: token ids, schedules. */
  readonly note: (name: string, data: readonly number[]) => void;
  /** Ends the run between two steps. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, of: number, stage: string) => void;
  /** Rules of this version of diffusers where they changed; else the version the pack names. */
  readonly diffusersVersion?: string | undefined;
  /** Also repeats what diffusers does amiss; for comparing with it. */
  readonly verbatim?: boolean;
}

/** What the pictures are made from. */
export interface Subject {
  readonly image: Rgb;
  /** Board the clip ends on, for families that take two. */
  readonly lastImage?: Rgb | undefined;
  /** Boards inside the clip, by frame counted from 0, for families that take key frames. */
  readonly keys?: readonly { readonly at: number; readonly image: Rgb }[] | undefined;
  /** Where it may move: white there, of the image's shape. Absent: everywhere. */
  readonly motion?: Rgb | undefined;
}

/** Frames in [0, 1], each [height, width, 3]. */
export interface Clip {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Float32Array[];
}

/** What a family makes by itself, and what it can be asked for. */
export interface Nature {
  /** Frames a second of its own. */
  readonly fps: number;
  /** Frames of one window. */
  readonly frames: number;
  /** Window lengths it can make are `every`·k + `plus`. */
  readonly every: number;
  readonly plus: number;
  /** Width and height are multiples of this many pixels. */
  readonly multiple: number;
  /** Most pixels a frame should have. */
  readonly pixels: number;
  readonly steps: number;
  readonly text: boolean;
  readonly lastImage: boolean;
  /** Takes boards at any frame of a window. */
  readonly keyFrames?: boolean;
  /** A part of its latents that is decoded at once where memory is short; see vaeTiles. */
  readonly tile?: { readonly cells: number; readonly frames: number };
}

export interface Pipeline {
  readonly family: Family;
  readonly nature: Nature;
  /**
   * Makes one window of frames.
   * @param call arguments by the names diffusers gives them; unknown ones are refused by name
   */
  generate(subject: Subject, call: Readonly<Record<string, unknown>>, context: RunContext): Promise<Clip>;
  close(): Promise<void>;
}

export interface Merging {
  readonly signal: AbortSignal;
  readonly progress: (done: number, of: number, stage: string) => void;
  /** Told before the thread is blocked. */
  readonly quiet?: Quiet | undefined;
}

export interface OpenOptions {
  readonly provider: Provider;
  readonly threads?: number;
  /** Networks of one stage take turns in memory. */
  readonly stage?: Stage | undefined;
  /** Styles merged into the networks they change before those are opened. */
  readonly loras?: readonly Style[] | undefined;
  /** Told before a network blocks the thread. */
  readonly patience?: Patience | undefined;
  /** Watches the merging of styles, which takes minutes for large networks, and can end it. */
  readonly merging?: Merging | undefined;
}

export type OpenPipeline = (pack: Pack, options: OpenOptions) => Promise<Pipeline>;
