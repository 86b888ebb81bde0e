/** Where the paper lies on a photograph: bright before a darker table, or dark cards before a bright one. */
import { grown, pieces, shrunk, type Mask } from './mask';
import type { GreyPage } from './page';

/** Half the side of the square over which drawn lines vanish. */
const LINES = 5;
/** The paper fills so much of the picture; less is a drawing's own bright part, more leaves no table to be seen. */
const PAPER = { least: 0.35, most: 0.985 } as const;
/** So far apart, of 255, are paper and table at least. */
const APART = 45;

/** The brightness that parts a picture's light from its dark best (Otsu 1979), and the means of both. */
function parted(grey: Uint8Array): { readonly at: number; readonly dark: number; readonly light: number } {
  const counts = new Float64Array(256);
  for (const value of grey) counts[value] = (counts[value] ?? 0) + 1;
  const all = counts.reduce((sum, n, value) => sum + n * value, 0);
  let [n, sum, best] = [0, 0, -1];
  let found = { at: 0, dark: 0, light: 255 };
  for (let at = 0; at < 255; at += 1) {
    n += counts[at] ?? 0;
    sum += (counts[at] ?? 0) * at;
    const rest = grey.length - n;
    if (n === 0 || rest === 0) continue;
    const [dark, light] = [sum / n, (all - sum) / rest];
    const between = n * rest * (light - dark) ** 2;
    if (between > best) {
      best = between;
      found = { at, dark, light };
    }
  }
  return found;
}

/** What lies outside of the paper, with a little of its edge; null where the picture is nothing but paper. */
export function outsideOf({ width, height, grey }: GreyPage): Mask | null {
  const { at, dark, light } = parted(grey);
  if (light - dark < APART) return null;
  const bright: Mask = { width, height, on: Uint8Array.from(grey, (value) => (value > at ? 1 : 0)) };
  // Lines are closed, then bright specks of the table are taken away.
  const whole = shrunk(shrunk(grown(bright, LINES), LINES), LINES);
  const largest = pieces(whole).reduce<{
    readonly area: number;
    readonly box: { x0: number; y0: number; x1: number; y1: number };
  } | null>((best, piece) => (best === null || piece.area > best.area ? piece : best), null);
  if (largest === null) return null;
  const part = largest.area / (width * height);
  if (part < PAPER.least || part > PAPER.most) return null;
  const on = new Uint8Array(width * height);
  const { box } = largest;
  for (let y = 0; y < height; y += 1) {
    // Outside is what is not between the first and the last of the paper, by rows and by columns.
    let [first, last] = [width, -1];
    if (y >= box.y0 && y < box.y1)
      for (let x = box.x0; x < box.x1; x += 1)
        if (whole.on[y * width + x] === 1) {
          first = Math.min(first, x);
          last = x;
        }
    for (let x = 0; x < width; x += 1) if (x < first || x > last) on[y * width + x] = 1;
  }
  return grown({ width, height, on }, LINES);
}
