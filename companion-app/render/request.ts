/** What a shot needs to be rendered, whoever asks: an order over the wire or the command line. */
import { InbetweenError } from '../../shared/problem';
import { LIMITS, type JobSpec } from '../../shared/protocol';
import type { Shot, Size } from '../../shared/shot';
import { clipSize } from '../media';
import type { RenderOrder } from './messages';

export interface RenderRequest {
  readonly spec: Pick<
    JobSpec,
    | 'shot'
    | 'handles'
    | 'engine'
    | 'pack'
    | 'styles'
    | 'prompt'
    | 'negative'
    | 'styleLine'
    | 'seed'
    | 'codec'
    | 'quality'
    | 'version'
  >;
  /** Boards by hash, as whole files on this machine. */
  readonly boards: readonly { readonly sha256: string; readonly path: string }[];
  /** Absolute; made if it is not there. Everything is written in here and nowhere else. */
  readonly attemptDir: string;
  /** A plain file name for the clip. */
  readonly fileName: string;
  readonly packsDir?: string | undefined;
  readonly provider: RenderOrder['provider'];
  /** Of which engines' takes PREVIS is burnt in; of the diffusion engine's where nobody says. */
  readonly previs?: RenderOrder['previs'] | undefined;
}

/** Longest side of a preview. */
const PREVIEW_SIDE = 960;

/** The size of the clip: that of the shot with even sides, for a preview the same shape at most 960 pixels long. */
export function sizeOf(spec: Pick<JobSpec, 'shot' | 'quality'>): Size {
  const { width, height } = spec.shot.size;
  const longest = Math.max(width, height);
  if (spec.quality === 'full' || longest <= PREVIEW_SIDE) return clipSize({ width, height });
  const scaled = (side: number): number => Math.max(16, Math.round((side * PREVIEW_SIDE) / longest));
  return clipSize({ width: scaled(width), height: scaled(height) });
}

/** Throws 'shot-empty' or 'shot-too-long'. */
export function assertLength(shot: Pick<Shot, 'name' | 'frames'>): void {
  const safe = 'The timeline and the other shots are untouched.';
  if (shot.frames < 1) {
    const action = 'Give the board a length on the timeline, then send it again.';
    throw new InbetweenError({ code: 'shot-empty', message: `${shot.name} has no frames.`, safe, action });
  }
  if (shot.frames > LIMITS.framesPerShot) {
    const message = `${shot.name} has ${shot.frames} frames; a shot may have ${LIMITS.framesPerShot}.`;
    throw new InbetweenError({ code: 'shot-too-long', message, safe, action: 'Cut the board into shorter shots.' });
  }
}

/** Throws 'internal' when a file name would leave its folder: names are made by us, so this is a fault of ours. */
export function assertPlainName(fileName: string): void {
  if (/^[^/\\\0]+$/.test(fileName) && fileName !== '.' && fileName !== '..') return;
  throw new InbetweenError({
    code: 'internal',
    message: `"${fileName}" is no plain file name.`,
    safe: 'Nothing was written.',
  });
}
