/** The meanings a word or phrase of the lexicon can have. */
import type { Ease, MoveKind } from '../camera-move';
import type { ShotSize } from './types';

/** Words that move the same way: each family says what its directions mean (families.ts). */
export type Family =
  | 'push'
  | 'pull'
  | 'zoom'
  | 'pan'
  | 'whip'
  | 'tilt'
  | 'truck'
  | 'crane'
  | 'orbit'
  | 'roll'
  | 'dollyzoom'
  | 'handheld'
  | 'shake'
  | 'rack'
  | 'static'
  | 'hold'
  | 'move'
  | 'turn'
  | 'look'
  | 'rise'
  | 'sink'
  | 'widen'
  | 'tighten'
  | 'follow';

export type Direction =
  | 'in'
  | 'out'
  | 'back'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'cw'
  | 'ccw'
  | 'around'
  | 'past'
  | 'through'
  | 'near'
  | 'far'
  /** The figure followed goes before the camera, or comes after it. */
  | 'behind'
  | 'before';

/** Grammatical shape; it decides whether a subject before the word acts ("Anna pushes") or the word names a move ("slow push"). */
export type Form = 'base' | 's' | 'ing' | 'ed' | 'noun';

/** How easily a word means something that is no camera move. */
export type Risk =
  /** Says camera whatever stands around it (whip pan, dolly zoom). */
  | 'none'
  /** An everyday word too: who acts and what follows decide (push, pan, hold). */
  | 'some'
  /** Means a camera move only when the camera is its subject (moves, rises, turns). */
  | 'camera';

export type Pace = 'slow' | 'fast' | 'snap';

export interface HeadSense {
  readonly t: 'head';
  readonly family: Family;
  readonly form: Form;
  readonly risk: Risk;
  readonly pace?: Pace;
  readonly ease?: Ease;
  /** The phrase already says which way. */
  readonly kind?: MoveKind;
  /** The word as a thing (a truck, a crane, a pan): with an article it needs more than a direction to be a move. */
  readonly thing?: boolean;
  /** Too short or too common to stand inside a sentence: counts only when its clause holds little else. */
  readonly shy?: boolean;
  /** Confidence of the plain phrase, 0–1. */
  readonly sure?: number;
  /** Degrees the phrase itself states ("360 around"). */
  readonly degrees?: number;
}

export type Role =
  | 'seq'
  | 'sim'
  | 'or'
  | 'after'
  | 'before'
  | 'but'
  | 'no'
  | 'instead'
  | 'hedge'
  | 'camera'
  | 'we'
  | 'person'
  | 'it'
  | 'det'
  | 'poss'
  | 'aux'
  | 'over'
  | 'at'
  | 'from'
  | 'to'
  | 'until'
  | 'between'
  | 'and'
  | 'first'
  | 'last'
  | 'middle'
  | 'half'
  | 'third'
  | 'quarter'
  | 'whole'
  | 'halfway'
  | 'start'
  | 'end'
  | 'by'
  | 'on'
  | 'of'
  | 'about'
  | 'cut'
  | 'fill'
  | 'shotword'
  | 'focus'
  | 'nomove'
  | 'label'
  | 'soundlabel'
  | 'speechlabel'
  | 'intensifier'
  | 'opposite';

export type Unit =
  'frames' | 'seconds' | 'milliseconds' | 'beats' | 'percent' | 'times' | 'degrees' | 'widths' | 'heights' | 'minutes';

export type Sense =
  | HeadSense
  | {
      readonly t: 'dir';
      readonly dir: Direction;
      /** Also an everyday preposition: must stand next to its move. */ readonly near?: boolean;
    }
  | { readonly t: 'pace'; readonly pace: Pace }
  | { readonly t: 'extent'; readonly size: 'small' | 'large' }
  | { readonly t: 'ease'; readonly ease: Ease }
  | { readonly t: 'size'; readonly size?: ShotSize }
  | { readonly t: 'unit'; readonly unit: Unit }
  | { readonly t: 'number'; readonly value: number }
  | { readonly t: 'role'; readonly role: Role };

/** One lexicon row: phrases (words separated by spaces, alternatives by "|") and what they mean. */
export interface Row {
  readonly words: string;
  readonly sense: Sense;
}
