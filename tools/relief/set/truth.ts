/** True distances of a scene: the same shapes, flat, in the colour of their nearness; and pairs of points to ask about. */
import sharp from 'sharp';
import { chance, type Chance } from './random';
import { HEIGHT, WIDTH, type Shape, type Vec, type World } from './shape';
import { outline } from './style';

export interface Truth {
  readonly near: Float32Array;
}

/** `nearer` is in front of `farther` by a clear distance. Positions 0…1 of the board. */
export interface Pair {
  readonly nearer: Vec;
  readonly farther: Vec;
}

const code = (near: number): string => {
  const v = Math.max(0, Math.min(65535, Math.round(near * 50000)));
  return `rgb(${v >> 8},${v & 255},0)`;
};

/** Gradients of a two-byte code cannot be left to the rasteriser: they are cut into strips of one nearness each. */
function strips(shape: Shape, id: number, c: Chance): string {
  const d = outline(shape, 0, c);
  if (typeof shape.near === 'number') {
    return shape.limb && !shape.closed
      ? `<path d="${d}" fill="none" stroke="${code(shape.near)}" stroke-width="${shape.limb}"/>`
      : shape.closed
        ? `<path d="${d}" fill="${code(shape.near)}"/>`
        : '';
  }
  const { from, to, near } = shape.near;
  const level = from.x === to.x;
  const parts: string[] = [];
  const steps = 64;
  for (let i = 0; i < steps; i++) {
    const value = code(near[0] + ((near[1] - near[0]) * (i + 0.5)) / steps);
    const a = (level ? from.y : from.x) + ((level ? to.y - from.y : to.x - from.x) * i) / steps;
    const b = (level ? from.y : from.x) + ((level ? to.y - from.y : to.x - from.x) * (i + 1)) / steps;
    const [low, size] = [Math.min(a, b) - 0.5, Math.abs(b - a) + 1];
    parts.push(level ? `<rect x="0" y="${low.toFixed(2)}" width="${WIDTH}" height="${size.toFixed(2)}" fill="${value}"/>` : `<rect x="${low.toFixed(2)}" y="-100" width="${size.toFixed(2)}" height="${HEIGHT + 200}" fill="${value}"/>`); // prettier-ignore
  }
  return `<clipPath id="c${id}"><path d="${d}"/></clipPath><g clip-path="url(#c${id})">${parts.join('')}</g>`;
}

/** Nearness at every pixel. Values at the antialiased rims of shapes are wrong: ask away from them. */
export async function truthOf(world: World): Promise<Truth> {
  const c = chance(1);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" shape-rendering="crispEdges">${world.shapes.map((s, i) => strips(s, i, c)).join('')}</svg>`;
  const data = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  return {
    near: Float32Array.from(
      { length: WIDTH * HEIGHT },
      (_, i) => ((data[3 * i] ?? 0) * 256 + (data[3 * i + 1] ?? 0)) / 50000,
    ),
  };
}

const CLEAR = 0.06;
const RIM = 5;

/** Pairs with a clear difference: half across short distances, where outlines are, half from anywhere. */
export function pairsOf(truth: Truth, seed: number, count: number): Pair[] {
  const c = chance(seed);
  const pairs: Pair[] = [];
  for (let tries = 0; tries < 60 * count && pairs.length < count; tries++) {
    const a = { x: Math.floor(c.between(8, WIDTH - 8)), y: Math.floor(c.between(8, HEIGHT - 8)) };
    const b = tries % 2 === 0
      ? { x: Math.floor(c.between(8, WIDTH - 8)), y: Math.floor(c.between(8, HEIGHT - 8)) }
      : { x: Math.floor(a.x + c.between(-110, 110)), y: Math.floor(a.y + c.between(-50, 50)) }; // prettier-ignore
    if (b.x < 8 || b.y < 8 || b.x >= WIDTH - 8 || b.y >= HEIGHT - 8) continue;
    const [na, nb] = [steadyNear(truth, a), steadyNear(truth, b)];
    if (na === undefined || nb === undefined || Math.abs(na - nb) < CLEAR) continue;
    const place = (v: Vec): Vec => ({ x: (v.x + 0.5) / WIDTH, y: (v.y + 0.5) / HEIGHT });
    pairs.push(na > nb ? { nearer: place(a), farther: place(b) } : { nearer: place(b), farther: place(a) });
  }
  return pairs;
}

/** Nearness at a point whose surroundings agree with it. */
function steadyNear(truth: Truth, p: Vec): number | undefined {
  const here = truth.near[p.y * WIDTH + p.x] ?? 0;
  for (let dy = -RIM; dy <= RIM; dy += RIM) {
    for (let dx = -RIM; dx <= RIM; dx += RIM) {
      const there = truth.near[(p.y + dy) * WIDTH + p.x + dx] ?? 0;
      if (Math.abs(there - here) > 0.03) return undefined;
    }
  }
  return here;
}
