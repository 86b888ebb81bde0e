/** Camera moves in the words of the set, and what their amounts mean. */

export const MOVE_KINDS = [
  'static',
  'hold',
  'push-in',
  'pull-out',
  'zoom-in',
  'zoom-out',
  'pan-left',
  'pan-right',
  'whip-pan-left',
  'whip-pan-right',
  'tilt-up',
  'tilt-down',
  'truck-left',
  'truck-right',
  'crane-up',
  'crane-down',
  'orbit-left',
  'orbit-right',
  'roll-cw',
  'roll-ccw',
  'dolly-zoom',
  'handheld',
  'shake',
  'rack-focus',
] as const;

export type MoveKind = (typeof MOVE_KINDS)[number];

export const EASES = ['linear', 'ease-in', 'ease-out', 'ease-in-out', 'snap'] as const;
/** How speed is shared over a move. `snap` starts and stops within a few frames (whip pans, crash zooms). */
export type Ease = (typeof EASES)[number];

/**
 * What `amount` counts, by kind:
 * - `scale`: framing ratio between the wide and the tight end, > 1 (1.2 = 20 % tighter; dolly-zoom: change of focal length);
 * - `degrees`: rotation of the camera (pan, tilt, orbit, roll);
 * - `widths` / `heights`: travel of the camera in frame widths / heights at the board's middle distance;
 * - `strength`: 0–1 for handheld and shake;
 * - `focus`: +1 from far to near, -1 from near to far;
 * - `none`: static and hold.
 */
export type AmountUnit = 'scale' | 'degrees' | 'widths' | 'heights' | 'strength' | 'focus' | 'none';

export const AMOUNT_UNIT: Readonly<Record<MoveKind, AmountUnit>> = {
  static: 'none',
  hold: 'none',
  'push-in': 'scale',
  'pull-out': 'scale',
  'zoom-in': 'scale',
  'zoom-out': 'scale',
  'pan-left': 'degrees',
  'pan-right': 'degrees',
  'whip-pan-left': 'degrees',
  'whip-pan-right': 'degrees',
  'tilt-up': 'degrees',
  'tilt-down': 'degrees',
  'truck-left': 'widths',
  'truck-right': 'widths',
  'crane-up': 'heights',
  'crane-down': 'heights',
  'orbit-left': 'degrees',
  'orbit-right': 'degrees',
  'roll-cw': 'degrees',
  'roll-ccw': 'degrees',
  'dolly-zoom': 'scale',
  handheld: 'strength',
  shake: 'strength',
  'rack-focus': 'focus',
};

/** Used where the note names no amount: [slow, plain, fast]. */
export const DEFAULT_AMOUNT: Readonly<Record<AmountUnit, readonly [number, number, number]>> = {
  scale: [1.12, 1.25, 1.5],
  degrees: [6, 10, 18],
  widths: [0.08, 0.15, 0.28],
  heights: [0.08, 0.15, 0.28],
  strength: [0.3, 0.5, 0.9],
  focus: [1, 1, 1],
  none: [0, 0, 0],
};

/** One move over the half-open frame range [from, to) of its shot. Moves whose ranges overlap happen together. */
export interface CameraMove {
  readonly kind: MoveKind;
  /** First frame of the move, counted from the shot's first frame. */
  readonly from: number;
  /** Frame after the last; from < to, except in a shot of no frames. */
  readonly to: number;
  /** Size of the move in the unit of AMOUNT_UNIT[kind]. */
  readonly amount: number;
  readonly ease: Ease;
  /** 0–1: how sure the parser is. A person's own correction has 1. */
  readonly confidence: number;
  /** The words of the note it came from; empty when it was made otherwise. */
  readonly text: string;
  /** Who or what the move goes to, when the note says ("on Anna"). */
  readonly subject?: string;
}
