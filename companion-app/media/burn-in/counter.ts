/** Figures that change each frame, out of one sheet of letters made once. */
import { stamp, type Canvas } from './stamp';
import { textMask, type TextMask } from './text-mask';

const LETTERS = '0123456789:;-/ f';
/** A full block on either side fixes where the first letter's cell begins and how high the line is. */
const SHEET = `\u2588${LETTERS}\u2588`;

export interface Counter {
  readonly height: number;
  /** Width of so many letters. */
  widthOf(letters: number): number;
  draw(canvas: Canvas, text: string, x: number, y: number): void;
}

/** A counter whose figures are about `height` pixels high. It draws 0–9 : ; - / f and spaces; other letters leave a gap. */
export async function makeCounter(height: number): Promise<Counter> {
  const sheet: TextMask = await textMask(SHEET, { height, mono: true });
  const cell = sheet.width / SHEET.length;
  return {
    height: sheet.height,
    widthOf: (letters) => Math.ceil(letters * cell),
    draw(canvas, text, x, y) {
      Array.from(text).forEach((letter, i) => {
        const at = LETTERS.indexOf(letter);
        if (at < 0) return;
        const from = Math.round((at + 1) * cell);
        stamp(canvas, sheet, x + Math.round(i * cell), y, from, Math.round((at + 2) * cell) - from);
      });
    },
  };
}
