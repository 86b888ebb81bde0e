/** The size of a move: what the note states, turned into the kind's own unit, else the usual size for its pace. */
import { AMOUNT_UNIT, DEFAULT_AMOUNT, type AmountUnit, type MoveKind } from '../camera-move';
import type { Draft } from './drafts';
import type { AmountSpec } from './parts';
import { SHOT_SIZES, type ShotSize } from './types';

/** Degrees a frame's width and height stand for (a 35 mm lens's view, near enough for boards). */
const VIEW = { width: 40, height: 22.5 } as const;
/** One step between neighbouring shot sizes. */
const SIZE_STEP = 1.2;

const tidy = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Amount of a move in its kind's unit, rounded to four decimals. `sizes`: the framing change the note names. */
export function amountOf(draft: Draft, sizes: { start?: ShotSize; end?: ShotSize } | undefined): number {
  const unit = AMOUNT_UNIT[draft.kind];
  const stated = draft.amount && convert(draft.amount, unit, draft.kind);
  if (stated !== undefined) return tidy(stated);
  if (unit === 'focus') return draft.dir === 'far' ? -1 : 1;
  if (unit === 'scale' && sizes?.start && sizes.end) {
    const ratio = framingRatio(sizes.start, sizes.end);
    if (ratio > 1) return tidy(ratio);
  }
  const [small, plain, large] = DEFAULT_AMOUNT[unit];
  if (draft.extent !== undefined) return draft.extent === 'small' ? small : large;
  if (draft.head.pace === 'snap') return large;
  if (draft.pace !== undefined) return draft.pace === 'slow' ? small : large;
  return plain;
}

/** How much tighter (or wider) one shot size is than another, 1 or more. */
export function framingRatio(a: ShotSize, b: ShotSize): number {
  return SIZE_STEP ** Math.abs(SHOT_SIZES.indexOf(a) - SHOT_SIZES.indexOf(b));
}

/** The stated amount in the unit of the kind; undefined where it makes no sense there. */
function convert(spec: AmountSpec, unit: AmountUnit, kind: MoveKind): number | undefined {
  const { value } = spec;
  const vertical = kind.startsWith('tilt');
  switch (unit) {
    case 'scale':
      if (spec.unit === 'times') return value > 0 && value <= 20 ? (value < 1 ? 1 / value : value) : undefined;
      if (spec.unit !== 'percent' || value <= 0) return undefined;
      if (spec.mode === 'to' || (value >= 100 && value !== 100))
        return value >= 100 ? Math.max(1, value / 100) : 100 / value;
      return 1 + value / 100;
    case 'degrees':
      if (spec.unit === 'degrees') return value <= 3600 ? value : undefined;
      if (spec.unit === 'widths' || spec.unit === 'heights') return value * (vertical ? VIEW.height : VIEW.width);
      return spec.unit === 'percent' ? (value / 100) * (vertical ? VIEW.height : VIEW.width) : undefined;
    case 'widths':
    case 'heights':
      if (spec.unit === 'widths' || spec.unit === 'heights') return value <= 50 ? value : undefined;
      return spec.unit === 'percent' && value <= 1000 ? value / 100 : undefined;
    case 'strength':
      return spec.unit === 'percent' ? Math.min(1, value / 100) : undefined;
    default:
      return undefined;
  }
}
