/** People and things that stand on the floor. */
import type { Chance } from './random';
import { at, box, floorAt, HEIGHT, oval, type Near, type Shape, type Vec } from './shape';

/** A person of height h whose feet are at (x, foot); limbs as single strokes. */
export function stickFigure(c: Chance, x: number, foot: number, h: number, near: number): Shape[] {
  const head = 0.11 * h;
  const hip = foot - 0.45 * h;
  const neck = foot - h + 2 * head;
  const limb = (points: Vec[]): Shape => ({
    points,
    closed: false,
    sharp: false,
    near,
    tone: 1,
    limb: Math.max(6, 0.05 * h),
  });
  const reach = (side: number): Vec => at(x + side * c.between(0.12, 0.3) * h, neck + c.between(-0.12, 0.28) * h);
  return [
    limb([at(x, neck), at(x + c.between(-4, 4), hip)]),
    limb([at(x, hip), at(x - 0.1 * h, foot - 0.2 * h), at(x - c.between(0.06, 0.16) * h, foot)]),
    limb([at(x, hip), at(x + 0.08 * h, foot - 0.22 * h), at(x + c.between(0.06, 0.16) * h, foot)]),
    limb([at(x, neck + 0.06 * h), reach(-1)]),
    limb([at(x, neck + 0.06 * h), reach(1)]),
    { points: oval(x, neck - head, 0.85 * head, head, 14), closed: true, sharp: false, near, tone: 1 },
  ];
}

/** A person with a body: coat or trousers, head with hair, face towards us. */
export function person(
  c: Chance,
  x: number,
  foot: number,
  h: number,
  near: number,
  tones: readonly [number, number, number],
): Shape[] {
  const w = c.between(0.12, 0.17) * h;
  const shoulder = foot - 0.82 * h;
  const hip = foot - 0.47 * h;
  const [coat, legs, skin] = tones;
  const shape = (points: Vec[], tone: number, hatch = false): Shape => ({
    points,
    closed: true,
    sharp: false,
    near,
    tone,
    hatch,
  });
  const arm = (side: number): Shape => {
    const lift = c.between(-0.2, 0.42) * h;
    const out = side * c.between(0.1, 0.22) * h;
    const s = x + side * 0.8 * w;
    return shape([at(s, shoulder + 4), at(s + out, shoulder + lift), at(s + out + side * 0.035 * h, shoulder + lift + 0.02 * h), at(s - side * 0.02 * h, shoulder + 0.13 * h)], coat); // prettier-ignore
  };
  const leg = (side: number): Shape =>
    shape([at(x + side * 0.05 * w, hip), at(x + side * 0.85 * w, hip), at(x + side * (0.75 * w + c.between(0, 0.05) * h), foot), at(x + side * 0.2 * w, foot)], legs); // prettier-ignore
  const headY = foot - 0.91 * h;
  return [
    leg(-1),
    leg(1),
    arm(-1),
    arm(1),
    shape([at(x - w, shoulder), at(x, shoulder - 0.03 * h), at(x + w, shoulder), at(x + 0.8 * w, hip + 0.04 * h), at(x - 0.8 * w, hip + 0.04 * h)], coat, c.next() < 0.5), // prettier-ignore
    shape(oval(x, headY, 0.062 * h, 0.085 * h, 16), skin),
    mark([at(x - 0.02 * h, headY - 0.01 * h), at(x - 0.012 * h, headY - 0.008 * h)], near),
    mark([at(x + 0.014 * h, headY - 0.01 * h), at(x + 0.022 * h, headY - 0.008 * h)], near),
    mark([at(x - 0.015 * h, headY + 0.04 * h), at(x + 0.018 * h, headY + 0.038 * h)], near),
  ];
}

/** A short stroke that changes no depth. */
export const mark = (points: Vec[], near: Near): Shape => ({ points, closed: false, sharp: false, near, tone: 1 });

/** A head and shoulders that the lower edge cuts, seen from the front or from behind. */
export function bust(
  x: number,
  top: number,
  size: number,
  near: number,
  tones: readonly [number, number],
  behind: boolean,
): Shape[] {
  const headY = top + 0.42 * size;
  const shape = (points: Vec[], tone: number, hatch = false): Shape => ({
    points,
    closed: true,
    sharp: false,
    near,
    tone,
    hatch,
  });
  const body = shape(
    [at(x - 0.95 * size, HEIGHT + 30), at(x - 0.85 * size, headY + 0.95 * size), at(x - 0.3 * size, headY + 0.6 * size), at(x - 0.2 * size, headY + 0.3 * size), at(x + 0.2 * size, headY + 0.3 * size), at(x + 0.3 * size, headY + 0.6 * size), at(x + 0.85 * size, headY + 0.95 * size), at(x + 0.95 * size, HEIGHT + 30)], // prettier-ignore
    tones[0],
    behind,
  );
  const head = shape(oval(x, headY, 0.33 * size, 0.42 * size, 22), tones[1]);
  if (behind) return [body, head];
  const eye = (side: number): Shape =>
    mark(oval(x + side * 0.13 * size, headY - 0.03 * size, 0.035 * size, 0.025 * size, 8), near);
  return [
    body,
    head,
    eye(-1),
    eye(1),
    mark([at(x - 0.1 * size, headY + 0.2 * size), at(x + 0.11 * size, headY + 0.19 * size)], near),
  ];
}

/** A crate: its front stands at `foot`, its top and side recede. */
export function crate(x: number, foot: number, w: number, h: number, horizon: number, tone: number): Shape[] {
  const back = foot - 0.18 * (foot - horizon);
  const vanish = at(480, horizon);
  const shrink = (p: Vec): Vec => {
    const t = (foot - back) / Math.max(1, foot - horizon);
    return at(p.x + (vanish.x - p.x) * t, p.y + (vanish.y - p.y) * t);
  };
  const front = [at(x - w / 2, foot - h), at(x + w / 2, foot - h), at(x + w / 2, foot), at(x - w / 2, foot)] as const;
  const near = floorAt(foot, horizon);
  const shape = (points: Vec[], t: number): Shape => ({ points, closed: true, sharp: true, near, tone: t });
  const [upper, lower] = x > 480 ? [front[0], front[3]] : [front[1], front[2]];
  const side = [upper, shrink(upper), shrink(lower), lower];
  return [
    shape(side, Math.max(0, tone - 0.2)),
    shape([front[0], front[1], shrink(front[1]), shrink(front[0])], Math.min(1, tone + 0.1)),
    shape([...front], tone),
  ];
}

/** A table with four legs seen from the front. */
export function table(x: number, foot: number, w: number, h: number, horizon: number, tone: number): Shape[] {
  const near = floorAt(foot, horizon);
  const shape = (points: Vec[], t: number): Shape => ({ points, closed: true, sharp: true, near, tone: t });
  const leg = (lx: number, bottom: number): Shape =>
    shape(box(lx - 0.02 * w, foot - h, lx + 0.02 * w, bottom), tone - 0.15);
  const depth = 0.25 * h;
  return [
    leg(x - 0.38 * w, foot - depth * 0.6),
    leg(x + 0.38 * w, foot - depth * 0.6),
    shape(
      [
        at(x - 0.4 * w, foot - h - depth),
        at(x + 0.4 * w, foot - h - depth),
        at(x + w / 2, foot - h),
        at(x - w / 2, foot - h),
      ],
      tone,
    ),
    shape(box(x - w / 2, foot - h, x + w / 2, foot - h + 0.06 * w), tone - 0.1),
    leg(x - 0.46 * w, foot),
    leg(x + 0.46 * w, foot),
  ];
}

/** A tree with a trunk and a crown. */
export function tree(c: Chance, x: number, foot: number, h: number, near: number, tone: number): Shape[] {
  const crown = Array.from({ length: 14 }, (_, i) => {
    const a = (2 * Math.PI * i) / 14;
    const r = c.between(0.8, 1.15);
    return at(x + 0.3 * h * r * Math.cos(a), foot - 0.68 * h + 0.32 * h * r * Math.sin(a));
  });
  return [
    {
      points: box(x - 0.04 * h, foot - 0.5 * h, x + 0.04 * h, foot),
      closed: true,
      sharp: true,
      near,
      tone: tone - 0.25,
    },
    { points: crown, closed: true, sharp: false, near, tone },
  ];
}
