/** What the artist's words become for a model: a prompt of what happens, and how much may move. */
import { notesOptions, parseNotes, promptWords, tidyWords, type Shot } from '../../../../shared/shot';
import type { ModelLines } from '../../engine';
import type { Family } from '../pipelines';

export interface Direction {
  /** What happens and how it is framed, in the artist's words; camera words, speech and timing are left out. */
  readonly prompt: string;
  readonly negative: string;
  /** SVD's measure of motion; 127 is its usual one. */
  readonly motionBucket: number;
}

const NEGATIVE = 'worst quality, blurry, jittery, distorted, text, watermark';

/** From nearly still to lively. */
const BUCKET = { held: 40, slow: 90, plain: 127, fast: 180 } as const;

/** @param lines words that were written for the model itself */
export function directionOf(shot: Shot, { prompt, negative = NEGATIVE, style = '' }: ModelLines = {}): Direction {
  const parsed = parseNotes(shot.notes, notesOptions(shot));
  const words = prompt === undefined ? promptWords(shot) : [prompt];
  const said = [...words, style].map(tidyWords).filter((each) => each !== '');
  const moves = shot.moves ?? parsed.moves;
  const held = moves.length > 0 && moves.every(({ kind }) => kind === 'static' || kind === 'hold');
  return {
    prompt: [...new Set(said)].join(', '),
    negative,
    motionBucket: held ? BUCKET.held : BUCKET[parsed.speed ?? 'plain'],
  };
}

/** One window to be made. */
export interface Window {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly steps: number;
  readonly fps: number;
}

/** The arguments of a run, by family. */
export function callFor(family: Family, window: Window, direction: Direction): Record<string, unknown> {
  const common = {
    width: window.width,
    height: window.height,
    num_frames: window.frames,
    num_inference_steps: window.steps,
  };
  const text = { prompt: direction.prompt, negative_prompt: direction.negative };
  switch (family) {
    case 'svd':
      return { ...common, fps: window.fps, motion_bucket_id: direction.motionBucket, decode_chunk_size: 4 };
    case 'i2vgen':
      return { ...common, ...text, target_fps: window.fps, decode_chunk_size: 1 };
    case 'dynamicrafter':
      return { ...common, ...text, decode_chunk_size: 1 };
    case 'ltx':
      return { ...common, ...text, frame_rate: window.fps, decode_timestep: 0.05, decode_noise_scale: 0.025 };
    case 'wan-ti2v':
    case 'wan-i2v':
      return { ...common, ...text };
  }
}
