/** Panels on a rendered page: rectangles drawn around pictures. */

import type { GreyPage, Rect } from '../sheet/page';

const INK = 170;
/** Least size of a panel, as a part of the page's sides. */
const LEAST = { width: 0.14, height: 0.08 } as const;
/** How much of each side must be drawn. */
const DRAWN = 0.9;
/** Lines may waver by so many pixels. */
const BAND = 3;

/** Bounding boxes of inked pixels that hang together. */
function components({ width, height, grey }: GreyPage): Rect[] {
  const seen = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  const out: Rect[] = [];
  for (let start = 0; start < grey.length; start += 1) {
    if (seen[start] === 1 || (grey[start] ?? 255) >= INK) continue;
    let [x0, y0, x1, y1] = [width, height, 0, 0];
    let top = 0;
    stack[top++] = start;
    seen[start] = 1;
    while (top > 0) {
      const at = stack[--top] ?? 0;
      const [x, y] = [at % width, Math.floor(at / width)];
      [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x + 1), Math.min(y0, y), Math.max(y1, y + 1)];
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const [u, v] = [x + dx, y + dy];
        if (u < 0 || v < 0 || u >= width || v >= height) continue;
        const next = v * width + u;
        if (seen[next] === 1 || (grey[next] ?? 255) >= INK) continue;
        seen[next] = 1;
        stack[top++] = next;
      }
    }
    out.push({ x0, y0, x1, y1 });
  }
  return out;
}

/** Part of a side along which there is ink within the band. */
function drawn(page: GreyPage, rect: Rect, side: 'left' | 'right' | 'top' | 'bottom'): number {
  const upright = side === 'left' || side === 'right';
  const [from, to] = upright ? [rect.y0, rect.y1] : [rect.x0, rect.x1];
  const edge = { left: rect.x0, right: rect.x1 - BAND, top: rect.y0, bottom: rect.y1 - BAND }[side];
  let hit = 0;
  for (let along = from; along < to; along += 1) {
    for (let k = 0; k < BAND; k += 1) {
      const [x, y] = upright ? [edge + k, along] : [along, edge + k];
      if ((page.grey[y * page.width + x] ?? 255) < INK) {
        hit += 1;
        break;
      }
    }
  }
  return hit / Math.max(1, to - from);
}

/** What lies inside rectangles with all four sides drawn, large enough for a panel and smaller than the page. */
export function drawnFrames(page: GreyPage): Rect[] {
  const framed = components(page).filter((rect) => {
    const [w, h] = [rect.x1 - rect.x0, rect.y1 - rect.y0];
    if (w < LEAST.width * page.width || h < LEAST.height * page.height) return false;
    if (w > 0.97 * page.width && h > 0.97 * page.height) return false;
    return (['left', 'right', 'top', 'bottom'] as const).every((side) => drawn(page, rect, side) >= DRAWN);
  });
  // The frame itself is no part of the picture: it would be seen at its edges as soon as the camera moves.
  return framed.map(({ x0, y0, x1, y1 }) => ({ x0: x0 + BAND, y0: y0 + BAND, x1: x1 - BAND, y1: y1 - BAND }));
}

const area = (r: Rect): number => Math.max(0, r.x1 - r.x0) * Math.max(0, r.y1 - r.y0);
const common = (a: Rect, b: Rect): number =>
  area({ x0: Math.max(a.x0, b.x0), y0: Math.max(a.y0, b.y0), x1: Math.min(a.x1, b.x1), y1: Math.min(a.y1, b.y1) });

/**
 * Of overlapping candidates the outer one, unless it holds several others: a border around the page is no panel. Read by rows, left
 * to right. Only candidates about as large as most of them are kept, so that a logo or a colour key is none.
 */
export function panelsAmong(candidates: readonly Rect[]): Rect[] {
  const large = [...candidates].sort((a, b) => area(b) - area(a));
  const holders = large.filter((r) => {
    const inside = large.filter(
      (o) => o !== r && common(o, r) > 0.9 * area(o) && area(o) > 0.03 * area(r) && area(o) < 0.8 * area(r),
    );
    return inside.some((a) => inside.some((b) => a !== b && common(a, b) < 0.1 * Math.min(area(a), area(b))));
  });
  const kept: Rect[] = [];
  for (const rect of large.filter((r) => !holders.includes(r)))
    if (!kept.some((other) => common(other, rect) > 0.3 * area(rect))) kept.push(rect);
  const middle = area(kept[Math.floor(kept.length / 2)] ?? { x0: 0, y0: 0, x1: 0, y1: 0 });
  const alike = kept.filter((r) => area(r) > 0.5 * middle && area(r) < 2 * middle);
  return alike.sort((a, b) => {
    const sameRow = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0) > 0.5 * Math.min(a.y1 - a.y0, b.y1 - b.y0);
    return sameRow ? a.x0 - b.x0 : a.y0 - b.y0;
  });
}
