/** What the parts of the xmeml reader share while they read one file. */
import type { FrameRate } from '../../../../../shared/shot';
import type { Warnings } from '../../file/warnings';
import type { XmlElement } from '../../xml/element';
import type { ClipBudget } from '../budget';
import type { ReadTrack } from '../model';
import type { Library } from './library';

export interface Reading {
  readonly library: Library;
  readonly warnings: Warnings;
  readonly budget: ClipBudget;
  /** Tracks of a sequence within, in frames at `rate`. */
  readonly within: (sequence: XmlElement, rate: FrameRate) => ReadTrack[];
}

/** A stretch where one picture goes over into another, in the sequence's frames. */
export interface Passage {
  readonly from: number;
  /** Where the cut would be without it. */
  readonly cut: number;
}
