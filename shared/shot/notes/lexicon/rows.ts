/** Small builders for lexicon rows, so that the language files read as tables. */
import type { Direction, Family, Form, HeadSense, Pace, Risk, Role, Row, Sense, Unit } from '../senses';
import type { Ease, MoveKind } from '../../camera-move';
import type { ShotSize } from '../types';

type HeadMore = Omit<Partial<HeadSense>, 't' | 'family' | 'form' | 'risk'>;

export const row = (words: string, sense: Sense): Row => ({ words, sense });

/** A camera word in one grammatical form. */
export const head = (words: string, family: Family, form: Form, risk: Risk, more: HeadMore = {}): Row =>
  row(words, { t: 'head', family, form, risk, ...more });

/** A verb: "base, third person, -ing, past", each with "|" alternatives. */
export const verb = (forms: string, family: Family, risk: Risk, more: HeadMore = {}): Row[] => {
  const names: readonly Form[] = ['base', 's', 'ing', 'ed'];
  return forms.split(',').map((words, i) => head(words.trim(), family, names[i] ?? 'ed', risk, more));
};

export const dir = (words: string, to: Direction, near = false): Row =>
  row(words, near ? { t: 'dir', dir: to, near } : { t: 'dir', dir: to });
export const pace = (words: string, value: Pace): Row => row(words, { t: 'pace', pace: value });
export const extent = (words: string, size: 'small' | 'large'): Row => row(words, { t: 'extent', size });
export const ease = (words: string, value: Ease): Row => row(words, { t: 'ease', ease: value });
export const size = (words: string, value?: ShotSize): Row =>
  row(words, value === undefined ? { t: 'size' } : { t: 'size', size: value });
export const unit = (words: string, value: Unit): Row => row(words, { t: 'unit', unit: value });
export const number = (words: string, value: number): Row => row(words, { t: 'number', value });
export const role = (words: string, value: Role): Row => row(words, { t: 'role', role: value });
export const move = (words: string, kind: MoveKind, family: Family, risk: Risk = 'none', more: HeadMore = {}): Row =>
  head(words, family, 'noun', risk, { kind, ...more });
