/** The situations boards are drawn of, each with its true distances. */
import { bust, crate, mark, person, stickFigure, table, tree } from './actors';
import type { Chance } from './random';
import { at, backdrop, box, floor, floorAt, HEIGHT, oval, WIDTH, type Shape, type Vec, type World } from './shape';

type Draw = (c: Chance) => World;

const byFoot = (items: readonly { foot: number; shapes: Shape[] }[]): Shape[] =>
  [...items].sort((a, b) => a.foot - b.foot).flatMap((i) => i.shapes);

const tones = (c: Chance): [number, number, number] => [
  c.between(0.25, 0.95),
  c.between(0.2, 0.8),
  c.between(0.75, 0.95),
];

/** Rows for n feet, well apart, between the wall and the lower edge. */
function feet(c: Chance, n: number, low: number, high: number): number[] {
  return Array.from({ length: n }, (_, i) => low + ((high - low) * (i + c.between(0.2, 0.8))) / n);
}

/** Columns for n things, shuffled so that near and far are not in order. */
function columns(c: Chance, n: number): number[] {
  const list = Array.from({ length: n }, (_, i) => (WIDTH * (i + c.between(0.3, 0.7))) / n);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(c.next() * (i + 1));
    const [a, b] = [list[i] ?? 0, list[j] ?? 0];
    list[i] = b;
    list[j] = a;
  }
  return list;
}

const heightAt = (foot: number, horizon: number, size: number): number =>
  Math.min(1.2 * HEIGHT, size * (foot - horizon));

const stick: Draw = (c) => {
  const horizon = c.between(150, 220);
  const n = 2 + Math.floor(c.next() * 2);
  const xs = columns(c, n);
  const items = feet(c, n, horizon + 90, HEIGHT - 20).map((foot, i) => ({
    foot,
    shapes: stickFigure(c, xs[i] ?? 0, foot, heightAt(foot, horizon, c.between(1, 1.25)), floorAt(foot, horizon)),
  }));
  return {
    kind: 'stick figures',
    horizon,
    shapes: [backdrop(0.02, horizon), floor(horizon, horizon), ...byFoot(items)],
  };
};

const people: Draw = (c) => {
  const horizon = c.between(140, 230);
  const n = 2 + Math.floor(c.next() * 3);
  const xs = columns(c, n);
  const items = feet(c, n, horizon + 80, HEIGHT - 15).map((foot, i) => ({
    foot,
    shapes: person(
      c,
      xs[i] ?? 0,
      foot,
      heightAt(foot, horizon, c.between(0.95, 1.2)),
      floorAt(foot, horizon),
      tones(c),
    ),
  }));
  return {
    kind: 'people',
    horizon,
    shapes: [backdrop(0.02, horizon, 0.97), floor(horizon, horizon, 0.92), ...byFoot(items)],
  };
};

const room: Draw = (c) => {
  const horizon = c.between(190, 250);
  const vanish = at(c.between(380, 580), horizon);
  const w = c.between(170, 250);
  const [top, bottom] = [c.between(60, 110), c.between(320, 370)];
  const wall = box(vanish.x - w, top, vanish.x + w, bottom);
  const out = (p: Vec, x: number): Vec => at(x, vanish.y + ((p.y - vanish.y) * (x - vanish.x)) / (p.x - vanish.x));
  const [tl, tr, br, bl] = wall as [Vec, Vec, Vec, Vec];
  const far = floorAt(bottom, horizon);
  const sideNear = (x: number, edge: Vec): number => (far * (x - vanish.x)) / (edge.x - vanish.x);
  const left: Shape = { points: [tl, out(tl, 0), out(bl, 0), bl], closed: true, sharp: true, near: { from: at(tl.x, 0), to: at(0, 0), near: [far, sideNear(0, tl)] }, tone: 0.82 }; // prettier-ignore
  const right: Shape = { points: [tr, out(tr, WIDTH), out(br, WIDTH), br], closed: true, sharp: true, near: { from: at(tr.x, 0), to: at(WIDTH, 0), near: [far, sideNear(WIDTH, tr)] }, tone: 0.86 }; // prettier-ignore
  const ceiling: Shape = { points: box(0, 0, WIDTH, top), closed: true, sharp: true, near: { from: at(0, top), to: at(0, 0), near: [far, (far * horizon) / (horizon - top)] }, tone: 0.95, bare: true }; // prettier-ignore
  const window = mark([...box(vanish.x - 60, top + 40, vanish.x + 20, top + 110), at(vanish.x - 60, top + 40)], far);
  const items = feet(c, 2, bottom + 40, HEIGHT - 10).map((foot, i) => {
    const x = i === 0 ? c.between(200, 420) : c.between(540, 780);
    const h = heightAt(foot, horizon, 1.1);
    return { foot, shapes: c.next() < 0.6 ? person(c, x, foot, h, floorAt(foot, horizon), tones(c)) : table(x, foot, 0.9 * h, 0.45 * h, horizon, 0.8) }; // prettier-ignore
  });
  const back: Shape = { points: wall, closed: true, sharp: true, near: far, tone: 0.9 };
  return {
    kind: 'room, one point',
    horizon,
    shapes: [ceiling, floor(horizon, bottom, 0.88), left, right, back, window, ...byFoot(items)],
  };
};

const cornerRoom: Draw = (c) => {
  const horizon = c.between(180, 240);
  const x = c.between(330, 630);
  const [top, bottom] = [c.between(40, 90), c.between(310, 350)];
  const [lt, lb, rt, rb] = [-40, c.between(450, 520), -60, c.between(450, 520)];
  const far = floorAt(bottom, horizon);
  const left: Shape = { points: [at(x, top), at(0, lt), at(0, lb), at(x, bottom)], closed: true, sharp: true, near: { from: at(x, 0), to: at(0, 0), near: [far, floorAt(lb, horizon)] }, tone: 0.85 }; // prettier-ignore
  const right: Shape = { points: [at(x, top), at(WIDTH, rt), at(WIDTH, rb), at(x, bottom)], closed: true, sharp: true, near: { from: at(x, 0), to: at(WIDTH, 0), near: [far, floorAt(rb, horizon)] }, tone: 0.95 }; // prettier-ignore
  const foot = c.between(450, 520);
  const other = c.between(400, 440);
  const who = person(c, c.between(250, 700), foot, heightAt(foot, horizon, 1.1), floorAt(foot, horizon), tones(c));
  const what = crate(c.between(150, 800), other, c.between(80, 140), c.between(60, 110), horizon, 0.75);
  return { kind: 'room, two points', horizon, shapes: [floor(horizon, bottom, 0.9), left, right, ...byFoot([{ foot, shapes: who }, { foot: other, shapes: what }])] }; // prettier-ignore
};

const street: Draw = (c) => {
  const horizon = c.between(230, 290);
  const v = at(c.between(400, 560), horizon);
  const shapes: Shape[] = [backdrop(0.02, horizon, 0.98), floor(horizon, horizon, 0.9)];
  for (const side of [-1, 1]) {
    const edge = side < 0 ? 0 : WIDTH;
    const along = (t: number): number => edge + (v.x - edge) * t;
    let t = 0.8;
    while (t > 0.02) {
      const next = Math.max(0, t - c.between(0.16, 0.3));
      const roof = c.between(0.7, 1.6);
      const row = (s: number, up: boolean): number =>
        up ? horizon - roof * (1 - s) * 250 : horizon + (1 - s) * (HEIGHT - 60 - horizon);
      const [n0, n1] = [floorAt(row(t, false), horizon), floorAt(row(next, false), horizon)];
      shapes.push({
        points: [at(along(t), row(t, true)), at(along(next), row(next, true)), at(along(next), row(next, false)), at(along(t), row(t, false))],
        closed: true, sharp: true, near: { from: at(along(t), 0), to: at(along(next), 0), near: [n0, n1] }, tone: c.between(0.55, 0.95),
      }); // prettier-ignore
      t = next;
    }
  }
  const items = feet(c, 2, horizon + 60, HEIGHT - 8).map((foot) => ({
    foot,
    shapes: person(c, c.between(300, 680), foot, heightAt(foot, horizon, 1.02), floorAt(foot, horizon), tones(c)),
  }));
  return { kind: 'street', horizon, shapes: [...shapes, ...byFoot(items)] };
};

const tableTop: Draw = (c) => {
  const horizon = c.between(60, 110);
  const wall = c.between(190, 240);
  const shapes: Shape[] = [
    backdrop(floorAt(wall, horizon), wall, 0.95),
    floor(horizon, wall, 0.85),
    mark([at(0, wall), at(WIDTH, wall)], floorAt(wall, horizon)),
  ];
  const xs = columns(c, 4);
  const items = feet(c, 4, wall + 40, HEIGHT - 30).map((foot, i) => {
    const x = xs[i] ?? 0;
    const size = 0.35 * (foot - horizon);
    const near = floorAt(foot, horizon);
    const jar: Shape[] = [
      { points: [at(x - 0.5 * size, foot - 1.1 * size), at(x + 0.5 * size, foot - 1.1 * size), at(x + 0.45 * size, foot), at(x - 0.45 * size, foot)], closed: true, sharp: false, near, tone: c.between(0.4, 0.95) }, // prettier-ignore
      { points: oval(x, foot - 1.1 * size, 0.5 * size, 0.12 * size), closed: true, sharp: false, near, tone: 0.9 },
    ];
    return {
      foot,
      shapes: c.next() < 0.5 ? jar : crate(x, foot, 1.2 * size, 0.7 * size, horizon, c.between(0.5, 0.9)),
    };
  });
  return { kind: 'table top', horizon, shapes: [...shapes, ...byFoot(items)] };
};

const hills: Draw = (c) => {
  const horizon = c.between(170, 230);
  const shapes: Shape[] = [backdrop(0.01, HEIGHT, 1)];
  [0.06, 0.14, 0.3].forEach((near, i) => {
    const base = horizon + i * 75;
    const ridge = Array.from({ length: 9 }, (_, k) => at((WIDTH * k) / 8, base + c.between(-45, 45)));
    shapes.push({ points: [at(-20, HEIGHT + 20), at(-20, base), ...ridge, at(WIDTH + 20, base), at(WIDTH + 20, HEIGHT + 20)], closed: true, sharp: false, near, tone: 0.95 - 0.17 * i, hatch: i === 1 }); // prettier-ignore
    if (i > 0) shapes.push(...tree(c, c.between(80, 880), base + 70, 80 + 70 * i, near + 0.05, 0.6));
  });
  const foot = HEIGHT - 25;
  shapes.push(...person(c, c.between(200, 760), foot, c.between(180, 260), 0.6, tones(c)));
  return { kind: 'hills', horizon, shapes };
};

const closeUp: Draw = (c) => {
  const wall = backdrop(0.1, HEIGHT, c.between(0.85, 1));
  const x = c.between(330, 630);
  const window = mark([...box(c.between(60, 120), 60, c.between(200, 260), 220), at(80, 60)], 0.1);
  return { kind: 'close-up', horizon: 200, shapes: [wall, window, ...bust(x, c.between(20, 70), c.between(330, 420), 0.8, [c.between(0.3, 0.9), 0.9], false)] }; // prettier-ignore
};

const overShoulder: Draw = (c) => {
  const horizon = c.between(180, 230);
  const side = c.next() < 0.5 ? -1 : 1;
  const foot = c.between(500, 535);
  const facing = person(
    c,
    480 + side * c.between(90, 190),
    foot,
    1.1 * (foot - horizon),
    floorAt(foot, horizon),
    tones(c),
  );
  const near = bust(
    480 - side * c.between(280, 340),
    c.between(60, 130),
    c.between(300, 360),
    0.95,
    [c.between(0.1, 0.6), c.between(0.2, 0.7)],
    true,
  );
  return {
    kind: 'over the shoulder',
    horizon,
    shapes: [backdrop(0.1, horizon + 60, 0.96), floor(horizon, horizon + 60, 0.9), ...facing, ...near],
  };
};

const overlap: Draw = (c) => {
  const horizon = c.between(150, 200);
  const x = c.between(380, 520);
  const [far, near] = [c.between(390, 430), c.between(490, 535)];
  const shift = c.pick([-1, 1]) * c.between(70, 110);
  return {
    kind: 'two overlapping', horizon,
    shapes: [
      backdrop(0.02, horizon + 90, 0.97), floor(horizon, horizon + 90, 0.9), mark([at(0, horizon + 90), at(WIDTH, horizon + 90)], floorAt(horizon + 90, horizon)),
      ...person(c, x, far, 1.15 * (far - horizon), floorAt(far, horizon), tones(c)),
      ...person(c, x + shift, near, 1.15 * (near - horizon), floorAt(near, horizon), tones(c)),
    ],
  }; // prettier-ignore
};

export const SCENES: readonly Draw[] = [
  stick,
  people,
  room,
  cornerRoom,
  street,
  tableTop,
  hills,
  closeUp,
  overShoulder,
  overlap,
];
