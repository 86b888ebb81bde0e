/**
 * Panels on a sheet of paper: frames of one size, printed or drawn by hand, with writing between them. What a frame shuts off from the
 * rest of the page is a panel, whatever is drawn in it and across its lines.
 */
import { enclosed, filled, grown, inkOf, pieces, shrunk, type Mask } from './mask';
import { high, wide, type GreyPage, type Rect } from './page';

/** Least size of a panel, as a part of the page's sides. */
const LEAST = { width: 0.1, height: 0.06 } as const;
/** Rules and letters thinner than twice this many pixels are no panel. */
const THIN = 6;
/** Gaps in a frame that are closed, narrow ones first. */
const GAPS = [0, 1, 3] as const;
/** Panels of one sheet differ in size by at most so much. */
const ALIKE = 0.12;
const FEWEST = 3;
/** A sheet's panels reach across so much of its width, and cover so much of it: four window panes in a drawing do not. */
const REACH = 0.6;
const COVER = 0.1;
/** Where somebody says that it is a sheet. */
const ASKED = { fewest: 2, reach: 0.2, cover: 0.04 } as const;
const UNASKED = { fewest: FEWEST, reach: REACH, cover: COVER } as const;
/** The frame's own lines lie inside a panel's edge. */
const FRAME = 5;
/** Less ink than this is an empty frame. */
const EMPTY = 0.0008;

/** Without rows and columns at its edges that are only partly shut off: writing that touches the frame. */
function trimmed(mask: Mask, box: Rect): Rect {
  let { x0, y0, x1, y1 } = box;
  const thin = (r: Rect): boolean => filled(mask, r) < 0.9;
  while (y1 - y0 > 1 && thin({ x0, x1, y0: y1 - 1, y1 })) y1 -= 1;
  while (y1 - y0 > 1 && thin({ x0, x1, y0, y1: y0 + 1 })) y0 += 1;
  while (x1 - x0 > 1 && thin({ x0: x1 - 1, x1, y0, y1 })) x1 -= 1;
  while (x1 - x0 > 1 && thin({ x0, x1: x0 + 1, y0, y1 })) x0 += 1;
  return { x0, y0, x1, y1 };
}

/** Boxes that are shut off, full and large enough. */
function boxes(ink: Mask, gap: number): Rect[] {
  const shut = enclosed(grown(ink, gap));
  const solid = grown(shrunk(shut, THIN), THIN);
  return pieces(solid)
    .map((box) => trimmed(solid, box))
    .filter((r) => wide(r) >= LEAST.width * ink.width && high(r) >= LEAST.height * ink.height)
    .filter((r) => wide(r) < 0.9 * ink.width || high(r) < 0.9 * ink.height)
    .filter((r) => filled(solid, r) > 0.93);
}

const alike = (a: Rect, b: Rect): boolean =>
  Math.abs(wide(a) - wide(b)) <= ALIKE * wide(a) && Math.abs(high(a) - high(b)) <= ALIKE * high(a);

const apart = (a: Rect, b: Rect): boolean => a.x1 <= b.x0 || b.x1 <= a.x0 || a.y1 <= b.y0 || b.y1 <= a.y0;

/** The largest family of boxes of one size. */
function family(found: readonly Rect[]): Rect[] {
  return found.reduce<Rect[]>((best, box) => {
    const like = found.filter((other) => alike(box, other));
    return like.length > best.length ? like : best;
  }, []);
}

const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Values that lie close to each other, each group by its middle. */
function groups(values: readonly number[], near: number): number[] {
  const out: number[][] = [];
  for (const value of [...values].sort((a, b) => a - b)) {
    const last = out.at(-1);
    if (last !== undefined && value - (last.at(-1) ?? 0) <= near) last.push(value);
    else out.push([value]);
  }
  return out.map(middle);
}

/** Places where rows and columns of the family cross and something is drawn, though its frame is open. */
function openFrames(panels: readonly Rect[], ink: Mask): Rect[] {
  const [w, h] = [middle(panels.map(wide)), middle(panels.map(high))];
  const columns = groups(
    panels.map((r) => r.x0),
    w / 3,
  );
  const rows = groups(
    panels.map((r) => r.y0),
    h / 3,
  );
  return rows
    .flatMap((y0) =>
      columns.map((x0) => ({ x0, y0, x1: Math.min(ink.width, x0 + w), y1: Math.min(ink.height, y0 + h) })),
    )
    .filter((cell) => panels.every((panel) => apart(cell, shy(panel, Math.round(w / 10)))))
    .filter((cell) => filled(ink, shy(cell, 2 * FRAME)) > 10 * EMPTY);
}

/** The box without a margin. */
const shy = ({ x0, y0, x1, y1 }: Rect, margin: number): Rect => ({
  x0: x0 + margin,
  y0: y0 + margin,
  x1: Math.max(x0 + margin + 1, x1 - margin),
  y1: Math.max(y0 + margin + 1, y1 - margin),
});

function inReadingOrder(panels: readonly Rect[]): Rect[] {
  return [...panels].sort((a, b) => {
    const sameRow = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0) > 0.5 * Math.min(high(a), high(b));
    return sameRow ? a.x0 - b.x0 : a.y0 - b.y0;
  });
}

export interface Panel {
  /** Inside the frame. */
  readonly rect: Rect;
  /** Nothing is drawn in it. */
  readonly empty: boolean;
}

/**
 * Panels in reading order where the page is a sheet of at least three of one size; none where it is one picture. `asked`: somebody says
 * that it is a sheet, and two panels anywhere do.
 */
export function sheetPanels(page: GreyPage, asked = false): Panel[] {
  const least = asked ? ASKED : UNASKED;
  const ink = inkOf(page);
  const found: Rect[] = [];
  for (const gap of GAPS)
    for (const box of boxes(ink, gap)) if (found.every((other) => apart(box, other))) found.push(box);
  const panels = family(found);
  if (panels.length < least.fewest) return [];
  const all = inReadingOrder([...panels, ...openFrames(panels, ink)]);
  const reach = Math.max(...all.map((r) => r.x1)) - Math.min(...all.map((r) => r.x0));
  const cover = all.reduce((sum, r) => sum + wide(r) * high(r), 0);
  if (reach < least.reach * page.width || cover < least.cover * page.width * page.height) return [];
  return all.map((box) => {
    const rect = shy(box, FRAME);
    return { rect, empty: filled(ink, shy(box, 3 * FRAME)) < EMPTY };
  });
}
