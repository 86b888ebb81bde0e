/** Four corners: panels photographed at an angle, and their pixels brought upright. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Its size when it is upright: the middle of opposite sides. */
export const quadSize = ([tl, tr, br, bl]: Quad): { width: number; height: number } => ({
  width: (apart(tl, tr) + apart(bl, br)) / 2,
  height: (apart(tl, bl) + apart(tr, br)) / 2,
});

/** How far its top, right, bottom and left lean from upright, each as a part of its length. */
export const tilts = ([tl, tr, br, bl]: Quad): readonly [number, number, number, number] => [
  (tr.y - tl.y) / Math.max(1, apart(tl, tr)),
  (br.x - tr.x) / Math.max(1, apart(tr, br)),
  (br.y - bl.y) / Math.max(1, apart(bl, br)),
  (bl.x - tl.x) / Math.max(1, apart(tl, bl)),
];

/** The area within its sides. */
export function quadArea(corners: Quad): number {
  let twice = 0;
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % 4] ?? a;
    twice += a.x * b.y - b.x * a.y;
  }
  return Math.abs(twice) / 2;
}

/** Larger by `by`, from page to picture. */
export const scaled = (quad: Quad, by: number): Quad => {
  const to = ({ x, y }: Point): Point => ({ x: x * by, y: y * by });
  return [to(quad[0]), to(quad[1]), to(quad[2]), to(quad[3])];
};

/** Moved inwards by about `margin` pixels at each side. */
export function inset(quad: Quad, margin: number): Quad {
  const { width, height } = quadSize(quad);
  const [u, v] = [Math.min(0.4, margin / width), Math.min(0.4, margin / height)];
  const at = projection(quad);
  return [at(u, v), at(1 - u, v), at(1 - u, 1 - v), at(u, 1 - v)];
}

/** The projective map of the unit square onto it (Heckbert 1989, "Fundamentals of Texture Mapping", 2.2.3). */
export function projection([p0, p1, p2, p3]: Quad): (u: number, v: number) => Point {
  const [dx1, dx2, sx] = [p1.x - p2.x, p3.x - p2.x, p0.x - p1.x + p2.x - p3.x];
  const [dy1, dy2, sy] = [p1.y - p2.y, p3.y - p2.y, p0.y - p1.y + p2.y - p3.y];
  const area = dx1 * dy2 - dx2 * dy1 || 1;
  const g = (sx * dy2 - dx2 * sy) / area;
  const h = (dx1 * sy - sx * dy1) / area;
  const [a, b, c] = [p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x];
  const [d, e, f] = [p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y];
  return (u, v) => {
    const w = g * u + h * v + 1;
    return { x: (a * u + b * v + c) / w, y: (d * u + e * v + f) / w };
  };
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array;
}

/** What lies within the corners, upright, as large as it is there; between pixels their mean by nearness. */
export function upright(from: Pixels, quad: Quad): Pixels {
  const { channels, data } = from;
  const size = quadSize(quad);
  const [width, height] = [Math.max(1, Math.round(size.width)), Math.max(1, Math.round(size.height))];
  const out = new Uint8Array(width * height * channels);
  const at = projection(quad);
  const pixel = (x: number, y: number, c: number): number => data[(y * from.width + x) * channels + c] ?? 0;
  for (let y = 0, to = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, to += channels) {
      const place = at((x + 0.5) / width, (y + 0.5) / height);
      const px = Math.min(from.width - 1, Math.max(0, place.x - 0.5));
      const py = Math.min(from.height - 1, Math.max(0, place.y - 0.5));
      const [x0, y0] = [Math.floor(px), Math.floor(py)];
      const [x1, y1] = [Math.min(x0 + 1, from.width - 1), Math.min(y0 + 1, from.height - 1)];
      const [fx, fy] = [px - x0, py - y0];
      for (let c = 0; c < channels; c += 1) {
        const top = pixel(x0, y0, c) * (1 - fx) + pixel(x1, y0, c) * fx;
        const below = pixel(x0, y1, c) * (1 - fx) + pixel(x1, y1, c) * fx;
        out[to + c] = Math.round(top * (1 - fy) + below * fy);
      }
    }
  return { width, height, channels, data: out };
}
