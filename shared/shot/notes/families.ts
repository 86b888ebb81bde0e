/** What each family of camera words means in each direction. */
import type { MoveKind } from '../camera-move';
import type { Direction, Family } from './senses';

/** A move and how sure the words make it, 0–1. */
export interface Reading {
  readonly kind: MoveKind;
  readonly sure: number;
}

const r = (kind: MoveKind, sure = 0.95): Reading => ({ kind, sure });

interface FamilyRule {
  readonly turns: Readonly<Partial<Record<Direction, Reading>>>;
  /** The word without any direction. */
  readonly alone?: Reading;
}

const travel: FamilyRule['turns'] = {
  in: r('push-in'),
  out: r('pull-out'),
  back: r('pull-out'),
  left: r('truck-left'),
  right: r('truck-right'),
  up: r('crane-up', 0.85),
  down: r('crane-down', 0.85),
  around: r('orbit-right', 0.7),
  past: r('truck-right', 0.6),
  through: r('push-in', 0.8),
  cw: r('orbit-left', 0.8),
  ccw: r('orbit-right', 0.8),
};

export const FAMILIES: Readonly<Record<Family, FamilyRule>> = {
  push: { turns: { ...travel, past: r('push-in', 0.7) }, alone: r('push-in', 0.75) },
  pull: {
    turns: { ...travel, in: r('push-in', 0.6), past: r('pull-out', 0.6), around: r('pull-out', 0.4) },
    alone: r('pull-out', 0.65),
  },
  zoom: {
    turns: { in: r('zoom-in'), through: r('zoom-in', 0.6), out: r('zoom-out'), back: r('zoom-out') },
    alone: r('zoom-in', 0.65),
  },
  pan: {
    turns: {
      left: r('pan-left'),
      right: r('pan-right'),
      up: r('tilt-up', 0.85),
      down: r('tilt-down', 0.85),
      in: r('push-in', 0.5),
      out: r('pull-out', 0.6),
      past: r('pan-right', 0.55),
      through: r('pan-right', 0.5),
      around: r('pan-right', 0.6),
      cw: r('pan-right', 0.7),
      ccw: r('pan-left', 0.7),
    },
    alone: r('pan-right', 0.55),
  },
  whip: {
    turns: {
      left: r('whip-pan-left'),
      right: r('whip-pan-right'),
      up: r('tilt-up', 0.8),
      down: r('tilt-down', 0.8),
      in: r('zoom-in', 0.6),
      out: r('zoom-out', 0.6),
      past: r('whip-pan-right', 0.6),
      around: r('whip-pan-right', 0.6),
    },
    alone: r('whip-pan-right', 0.6),
  },
  tilt: {
    turns: { up: r('tilt-up'), down: r('tilt-down'), left: r('roll-ccw', 0.5), right: r('roll-cw', 0.5) },
    alone: r('tilt-up', 0.5),
  },
  truck: { turns: travel, alone: r('truck-right', 0.55) },
  crane: {
    turns: {
      ...travel,
      up: r('crane-up'),
      down: r('crane-down'),
      past: r('crane-up', 0.6),
      around: r('orbit-right', 0.6),
    },
    alone: r('crane-up', 0.55),
  },
  orbit: {
    turns: {
      left: r('orbit-left'),
      right: r('orbit-right'),
      cw: r('orbit-left', 0.85),
      ccw: r('orbit-right', 0.85),
      around: r('orbit-right', 0.75),
      past: r('orbit-right', 0.6),
    },
    alone: r('orbit-right', 0.65),
  },
  roll: {
    turns: { cw: r('roll-cw'), ccw: r('roll-ccw'), right: r('roll-cw', 0.9), left: r('roll-ccw', 0.9) },
    alone: r('roll-cw', 0.55),
  },
  dollyzoom: { turns: {}, alone: r('dolly-zoom') },
  handheld: { turns: {}, alone: r('handheld') },
  shake: { turns: {}, alone: r('shake', 0.9) },
  rack: { turns: { near: r('rack-focus'), far: r('rack-focus') }, alone: r('rack-focus', 0.85) },
  static: { turns: {}, alone: r('static') },
  hold: { turns: {}, alone: r('hold', 0.9) },
  move: { turns: travel },
  turn: {
    turns: {
      left: r('pan-left', 0.85),
      right: r('pan-right', 0.85),
      up: r('tilt-up', 0.8),
      down: r('tilt-down', 0.8),
      around: r('orbit-right', 0.55),
      past: r('pan-right', 0.5),
      cw: r('roll-cw', 0.75),
      ccw: r('roll-ccw', 0.75),
    },
  },
  look: {
    turns: { left: r('pan-left', 0.75), right: r('pan-right', 0.75), up: r('tilt-up', 0.8), down: r('tilt-down', 0.8) },
  },
  rise: { turns: { up: r('crane-up') }, alone: r('crane-up', 0.85) },
  sink: { turns: { down: r('crane-down') }, alone: r('crane-down', 0.85) },
  widen: { turns: { out: r('pull-out', 0.85) }, alone: r('pull-out', 0.8) },
  tighten: { turns: { in: r('push-in', 0.85) }, alone: r('push-in', 0.8) },
  follow: {
    turns: {
      left: r('truck-left', 0.85),
      right: r('truck-right', 0.85),
      in: r('push-in', 0.75),
      back: r('pull-out', 0.6),
      up: r('crane-up', 0.6),
      down: r('crane-down', 0.6),
      past: r('truck-right', 0.55),
      through: r('push-in', 0.7),
      behind: r('push-in', 0.75),
      before: r('pull-out', 0.75),
    },
    alone: r('truck-right', 0.5),
  },
};
