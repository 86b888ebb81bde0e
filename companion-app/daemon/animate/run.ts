/** A run as data: shots that were asked for and what became of each. Filled by the command line and by the demo alike. */
import type { Problem } from '../../../shared/problem';
import type { BatchEstimate, CostReport, Take } from '../../../shared/protocol';
import type { CameraMove, FrameRate, Shot, Size } from '../../../shared/shot';

export interface RunBoard {
  /** Frame of the shot from which it holds. */
  readonly at: number;
  readonly name: string;
  /** Picture file on this machine; null when it was missing or unreadable. */
  readonly path: string | null;
}

export interface RunShot {
  readonly shot: Omit<Shot, 'boards'>;
  readonly boards: readonly RunBoard[];
  readonly moves: readonly CameraMove[];
  readonly takeNumber: number;
  readonly state: 'placed' | 'rendered' | 'failed' | 'cancelled' | 'waiting';
  readonly take?: Take;
  /** The clip where it was put for the person, absolute. */
  readonly clip?: string;
  readonly problem?: Problem;
  /** Takes beside the one in the cut. */
  readonly others?: readonly OtherTake[];
}

export interface OtherTake {
  readonly takeNumber: number;
  readonly take: Take;
  readonly clip: string;
}

export interface RunSound {
  readonly path: string;
  readonly startFrame: number;
  readonly frames?: number;
  /** Frame of the sound itself to begin with; its first where absent. */
  readonly inFrame?: number;
}

export interface Run {
  readonly title: string;
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  readonly size: Size;
  /** Timecode of frame 0, in frames. */
  readonly startTimecodeFrame: number;
  readonly shots: readonly RunShot[];
  readonly sounds: readonly RunSound[];
  readonly version: string;
  /** What was expected before it began and what the ledger says it came to, where that was kept. */
  readonly cost?: { readonly estimate: BatchEstimate; readonly report: CostReport };
}
