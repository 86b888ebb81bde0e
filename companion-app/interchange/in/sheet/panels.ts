/**
 * Panels on a sheet of paper: frames of one size, printed or drawn by hand, with writing between them. What a frame shuts off from the
 * rest of the page is a panel, whatever is drawn in it and across its lines.
 */
import { beyond } from './beyond';
import { gridOf } from './grid';
import { edgeOf, enclosed, filled, grown, inkOf, pieces, shrunk, type Mask, type Piece, unlike } from './mask';
import { high, wide, type GreyPage, type Rect } from './page';
import { outsideOf } from './paper';
import { inset, quadArea, quadSize, tilts, type Quad } from './quad';

/** Least size of a panel, as a part of the page's sides. */
const LEAST = { width: 0.1, height: 0.06 } as const;
/** Width over height of a panel: upright films turned on their side to the widest screens. */
const SHAPE = { least: 0.5, most: 4.5 } as const;
/** Rules and letters thinner than twice this many pixels are no panel. */
const THIN = 6;
/** Gaps in a frame that are closed, narrow ones first. */
const GAPS = [0, 1, 3, 6] as const;
/** Panels of one sheet differ in size by at most so much. */
const ALIKE = 0.12;
/** And where they are seen at an angle. */
const ALIKE_ASKEW = 0.22;
/** A sheet's panels reach across so much of its width, and cover so much of it: four window panes in a drawing do not. */
interface Least {
  readonly fewest: number;
  readonly reach: number;
  readonly cover: number;
}
const UNASKED: Least = { fewest: 3, reach: 0.6, cover: 0.2 };
/** Where somebody says that it is a sheet. */
const ASKED: Least = { fewest: 2, reach: 0.2, cover: 0.04 };
/** Pictures as wide as a film's are seldom sheets: windows and screens are drawn in them. */
const WIDE = 1.6;
const AS_A_SCREEN: Least = { fewest: 4, reach: 0.6, cover: 0.3 };
/** Pages darker than this are drawn on in light. */
const DARK = 110;
/** So much of the paper's light is left where a line is: firm ones, then faint ones. */
const INKS = [0.82, 0.9] as const;
/** Frames may share so many pixels of their lines. */
const OVER = 2;
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

/** How a page is looked at: its ink, and what lies around its paper. */
interface Look {
  readonly ink: Mask;
  readonly outside: Mask | null;
}

/** A place on the page that a frame shuts off; `quad` where it does not stand upright. */
interface Found {
  readonly rect: Rect;
  readonly quad?: Quad;
}

/** A piece is a panel seen at an angle where its corners enclose about as much as it has. */
const STRAIGHT = 0.07;
/** An upright box loses no more of its panel than this leaves. */
const KEPT = 0.95;
/** Sides that climb by more than this part of their length are not upright. */
const ASKEW = 0.03;
/** And by no more than this apart from the side across. */
const CROOKED = 0.08;

function found(piece: Piece, solid: Mask): Found | null {
  const { box, corners, area } = piece;
  const trim = trimmed(solid, box);
  const stands = filled(solid, trim) > 0.93;
  if (stands && wide(trim) * high(trim) > KEPT * area) return { rect: trim };
  const within = quadArea(corners);
  const [top, right, bottom, left] = tilts(corners);
  const tilt = Math.max(...[top, right, bottom, left].map(Math.abs));
  const even = Math.abs(top - bottom) < CROOKED && Math.abs(left - right) < CROOKED;
  if (tilt > ASKEW && even && Math.abs(area - within) < STRAIGHT * within) return { rect: box, quad: corners };
  return stands ? { rect: trim } : null;
}

/** Places that are shut off, full and large enough. */
function places({ ink, outside }: Look, gap: number): Found[] {
  const shut = enclosed(grown(ink, gap), outside ?? undefined);
  const solid = grown(shrunk(shut, THIN), THIN);
  return pieces(solid)
    .flatMap((piece) => found(piece, solid) ?? [])
    .filter(({ rect: r }) => wide(r) >= LEAST.width * ink.width && high(r) >= LEAST.height * ink.height)
    .filter(({ rect: r }) => wide(r) < 0.9 * ink.width || high(r) < 0.9 * ink.height)
    .filter((place) => {
      const { width, height } = sizeOf(place);
      return width > SHAPE.least * height && width < SHAPE.most * height;
    });
}

const sizeOf = ({ rect, quad }: Found): { width: number; height: number } =>
  quad ? quadSize(quad) : { width: wide(rect), height: high(rect) };

function alike(a: Found, b: Found): boolean {
  const [one, other] = [sizeOf(a), sizeOf(b)];
  const most = (a.quad ?? b.quad) ? ALIKE_ASKEW : ALIKE;
  return (
    Math.abs(one.width - other.width) <= most * one.width && Math.abs(one.height - other.height) <= most * one.height
  );
}

const apart = (a: Rect, b: Rect): boolean => a.x1 <= b.x0 || b.x1 <= a.x0 || a.y1 <= b.y0 || b.y1 <= a.y0;

/** The largest family of places of one size. */
function family(all: readonly Found[]): Found[] {
  return all.reduce<Found[]>((best, one) => {
    const like = all.filter((other) => alike(one, other));
    return like.length > best.length ? like : best;
  }, []);
}

/** Places where rows and columns of the family cross and something is drawn, though its frame is open. */
function openFrames(panels: readonly Rect[], ink: Mask): Rect[] {
  const { width: w, height: h, columns, rows } = gridOf(panels);
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

function inReadingOrder(panels: readonly Found[]): Found[] {
  return [...panels].sort(({ rect: a }, { rect: b }) => {
    const sameRow = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0) > 0.5 * Math.min(high(a), high(b));
    return sameRow ? a.x0 - b.x0 : a.y0 - b.y0;
  });
}

export interface Panel {
  /** Inside the frame; around it where it is askew. */
  readonly rect: Rect;
  /** Inside the frame, where it is askew. */
  readonly quad?: Quad;
  /** Nothing is drawn in it. */
  readonly empty: boolean;
}

/** The panels that a look at the page shows, in reading order; none where they make no sheet. */
function panelsIn(look: Look, least: Least): Found[] {
  const all: Found[] = [];
  for (const gap of GAPS)
    for (const place of places(look, gap))
      if (all.every((other) => apart(place.rect, shy(other.rect, OVER)))) all.push(place);
  const panels = family(all);
  if (panels.length < least.fewest) return [];
  const rects = panels.map(({ rect }) => rect);
  const open = openFrames(rects, look.ink);
  const more = beyond([...rects, ...open], look.ink);
  const sheet = inReadingOrder([...panels, ...[...open, ...more].map((rect) => ({ rect }))]);
  const boxes = sheet.map(({ rect }) => rect);
  const wideReach = Math.max(...boxes.map((r) => r.x1)) - Math.min(...boxes.map((r) => r.x0));
  const highReach = Math.max(...boxes.map((r) => r.y1)) - Math.min(...boxes.map((r) => r.y0));
  const { width, height } = look.ink;
  const cover = sheet.reduce((sum, one) => sum + sizeOf(one).width * sizeOf(one).height, 0) / (width * height);
  const reach = Math.max(wideReach / width, highReach / height);
  return reach < least.reach || cover < least.cover ? [] : sheet;
}

/** The page's ink: firm lines, then faint ones too where it may be paper; on a dark page first whatever is not of its own black. */
function* looksAt(page: GreyPage, faint: boolean): Generator<Mask> {
  const mean = page.grey.reduce((sum, value) => sum + value, 0) / Math.max(1, page.grey.length);
  const dark = mean < DARK;
  const seen = dark ? { ...page, grey: page.grey.map((value) => 255 - value) } : page;
  if (dark) yield unlike(page, edgeOf(page));
  if (dark) yield inkOf(page, INKS[0]);
  for (const part of faint ? INKS : INKS.slice(0, 1)) yield inkOf(seen, part);
}

/**
 * Panels in reading order where the page is a sheet of at least three of one size; none where it is one picture. `asked`: somebody says
 * that it is a sheet, and two panels anywhere do.
 */
export function sheetPanels(page: GreyPage, asked = false): Panel[] {
  const outside = outsideOf(page);
  const least = asked ? ASKED : outside === null && page.width > WIDE * page.height ? AS_A_SCREEN : UNASKED;
  let best: { readonly sheet: readonly Found[]; readonly ink: Mask } | undefined;
  for (const ink of looksAt(page, least !== AS_A_SCREEN)) {
    if (outside) for (let i = 0; i < ink.on.length; i += 1) if (outside.on[i] === 1) ink.on[i] = 0;
    const sheet = panelsIn({ ink, outside }, least);
    if (sheet.length > (best?.sheet.length ?? 0)) best = { sheet, ink };
  }
  if (best === undefined) return [];
  const { ink } = best;
  return best.sheet.map(({ rect, quad }) => {
    const box = shy(rect, FRAME);
    const empty = filled(ink, shy(rect, 3 * FRAME)) < EMPTY;
    return quad ? { rect: box, quad: inset(quad, FRAME), empty } : { rect: box, empty };
  });
}
