/** Ways of drawing a scene: from clean ink to a noisy render. */
import type { Chance } from './random';
import { HEIGHT, WIDTH, type Shape, type Vec, type World } from './shape';

export const STYLES = [
  'clean ink',
  'loose pencil',
  'open contours',
  'hatching',
  'grey wash',
  'painted',
  'photo-like',
  'dark render',
] as const;
export type Style = (typeof STYLES)[number];

export interface Look {
  readonly svg: string;
  /** Standard deviation of grain added afterwards, in grey levels; and blur before it, in pixels. */
  readonly grain: number;
  readonly blur: number;
}

interface Pen {
  readonly colour: string;
  readonly width: number;
  readonly wobble: number;
  /** Lines drawn over each other. */
  readonly passes: number;
  /** Parts of an outline left out. */
  readonly gaps: number;
  readonly fill: (shape: Shape) => string;
}

const grey = (v: number, tint: readonly [number, number, number] = [1, 1, 1]): string => {
  const part = (k: number): number => Math.max(0, Math.min(255, Math.round(255 * v * k)));
  return `rgb(${part(tint[0])},${part(tint[1])},${part(tint[2])})`;
};

const tints = [
  [1, 0.92, 0.8],
  [0.75, 0.9, 1],
  [0.95, 0.75, 0.7],
  [0.8, 0.95, 0.75],
  [1, 1, 0.95],
] as const;

function pen(style: Style, c: Chance): Pen {
  const paper = c.next() < 0.5 ? '#ffffff' : c.pick(['#f7f4ec', '#ededed', '#fbfbf5'] as const);
  const onPaper = (): string => paper;
  const dark = c.pick(['#111', '#222', '#333a44'] as const);
  switch (style) {
    case 'clean ink':
      return { colour: dark, width: c.between(2, 4), wobble: 0.6, passes: 1, gaps: 0, fill: onPaper };
    case 'loose pencil':
      return {
        colour: c.pick(['#555', '#6b6b6b', '#4a5578'] as const),
        width: c.between(1.3, 2.4),
        wobble: 2.4,
        passes: 3,
        gaps: 0.05,
        fill: onPaper,
      };
    case 'open contours':
      return { colour: dark, width: c.between(2, 4), wobble: 1.5, passes: 1, gaps: 0.14, fill: onPaper };
    case 'hatching':
      return { colour: dark, width: c.between(1.5, 2.5), wobble: 1, passes: 1, gaps: 0.03, fill: onPaper };
    case 'grey wash':
      return {
        colour: dark,
        width: c.between(2, 3),
        wobble: 1.2,
        passes: 1,
        gaps: 0.04,
        fill: (s) => grey(0.55 + 0.45 * s.tone),
      };
    case 'painted':
    case 'photo-like':
      return {
        colour: 'none',
        width: 0,
        wobble: 0.5,
        passes: 0,
        gaps: 0,
        fill: (s) => grey(s.tone, tints[Math.floor(s.tone * 97) % 5]),
      };
    case 'dark render':
      return {
        colour: '#050505',
        width: 1.6,
        wobble: 0,
        passes: 1,
        gaps: 0,
        fill: (s) => grey(0.12 + 0.35 * s.tone * (s.bare ? 0.5 : 1)),
      };
  }
}

/** The world as an SVG in a style. */
export function look(world: World, style: Style, c: Chance): Look {
  const p = pen(style, c);
  const painted = style === 'painted' || style === 'photo-like';
  const parts: string[] = [];
  world.shapes.forEach((shape, i) => {
    const smooth = painted ? `url(#shade${i})` : p.fill(shape);
    if (painted) parts.push(shade(i, shape, p.fill(shape), c));
    if (shape.closed) parts.push(`<path d="${outline(shape, 0, c)}" fill="${smooth}"/>`);
    if (shape.hatch && style === 'hatching') parts.push(hatch(i, shape, p, c));
    if (shape.bare) return;
    const ink = painted ? '#3a3330' : p.colour;
    const width = shape.limb ? Math.max(p.width, painted ? shape.limb : p.width) : painted ? 2 : p.width;
    if (painted && shape.closed) return;
    for (let pass = 0; pass < Math.max(1, p.passes); pass++) parts.push(stroke(shape, ink, width, p, c));
  });
  const paper = p.fill({ points: [], closed: true, sharp: true, near: 0, tone: 1, bare: true });
  const light = style === 'dark render' ? spotlight(c) : '';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="${paper}"/>${parts.join('')}${light}</svg>`;
  const grain = style === 'photo-like' ? 7 : style === 'painted' ? 2.5 : style === 'loose pencil' ? 2 : 0;
  return { svg, grain, blur: style === 'photo-like' ? 1 : 0 };
}

/** Outline as a path: straight between points or rounded through them, unsteady by the pen's wobble. */
export function outline(shape: Shape, wobble: number, c: Chance): string {
  const points = shape.points.map((v) => ({ x: v.x + wobble * c.between(-1, 1), y: v.y + wobble * c.between(-1, 1) }));
  const n = points.length;
  const f = (v: Vec): string => `${v.x.toFixed(1)} ${v.y.toFixed(1)}`;
  const get = (i: number): Vec =>
    points[shape.closed ? (i + n) % n : Math.max(0, Math.min(n - 1, i))] ?? { x: 0, y: 0 };
  let d = `M${f(get(0))}`;
  for (let i = 0; i < (shape.closed ? n : n - 1); i++) {
    if (shape.sharp) {
      const [a, b] = [get(i), get(i + 1)];
      const bend = { x: (a.x + b.x) / 2 + wobble * c.between(-1, 1), y: (a.y + b.y) / 2 + wobble * c.between(-1, 1) };
      d += `Q${f(bend)} ${f(b)}`;
      continue;
    }
    const [p0, p1, p2, p3] = [get(i - 1), get(i), get(i + 1), get(i + 2)];
    const c1 = { x: p1.x + (p2.x - p0.x) / 6, y: p1.y + (p2.y - p0.y) / 6 };
    const c2 = { x: p2.x - (p3.x - p1.x) / 6, y: p2.y - (p3.y - p1.y) / 6 };
    d += `C${f(c1)} ${f(c2)} ${f(p2)}`;
  }
  return shape.closed ? `${d}Z` : d;
}

function stroke(shape: Shape, colour: string, width: number, p: Pen, c: Chance): string {
  const dash =
    p.gaps > 0
      ? ` stroke-dasharray="${(c.between(90, 160) * (1 - p.gaps)).toFixed(0)} ${(c.between(60, 130) * p.gaps).toFixed(0)}" stroke-dashoffset="${c.between(0, 200).toFixed(0)}"`
      : '';
  return `<path d="${outline(shape, p.wobble, c)}" fill="none" stroke="${colour}" stroke-width="${width.toFixed(1)}" stroke-linecap="round" stroke-linejoin="round"${dash}/>`;
}

function hatch(id: number, shape: Shape, p: Pen, c: Chance): string {
  const gap = c.between(6, 10);
  const lines: string[] = [];
  for (let x = -HEIGHT; x < WIDTH + HEIGHT; x += gap)
    lines.push(`M${x.toFixed(0)} ${HEIGHT}L${(x + 0.8 * HEIGHT).toFixed(0)} 0`);
  return `<clipPath id="hatch${id}"><path d="${outline(shape, 0, c)}"/></clipPath><path clip-path="url(#hatch${id})" d="${lines.join('')}" stroke="${p.colour}" stroke-width="1" fill="none"/>`;
}

/** A surface lit from one side. */
function shade(id: number, shape: Shape, colour: string, c: Chance): string {
  const darker = c.between(0.55, 0.85);
  const [x, y] = shape.bare ? [0, 1] : [1, c.between(0, 0.5)];
  const dim = colour.replace(/\d+/g, (v) => String(Math.round(Number(v) * darker)));
  return `<defs><linearGradient id="shade${id}" x1="0" y1="0" x2="${x}" y2="${y.toFixed(2)}"><stop offset="0" stop-color="${colour}"/><stop offset="1" stop-color="${dim}"/></linearGradient></defs>`;
}

function spotlight(c: Chance): string {
  const [x, y] = [c.between(25, 75), c.between(30, 60)];
  return `<defs><radialGradient id="spot" cx="${x.toFixed(0)}%" cy="${y.toFixed(0)}%" r="60%"><stop offset="0" stop-color="#fff" stop-opacity="0.25"/><stop offset="0.6" stop-color="#000" stop-opacity="0.1"/><stop offset="1" stop-color="#000" stop-opacity="0.55"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#spot)"/>`;
}
