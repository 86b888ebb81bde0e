/** Words as grey masks, set in a font that comes with the packages, so that a clip looks the same on every machine. */
import sharp from 'sharp';
import { outsideArchive } from '../outside-archive';

/** How opaque the letters are at each pixel, 0–255, row-major. */
export interface TextMask {
  readonly width: number;
  readonly height: number;
  readonly alpha: Uint8Array;
}

export interface TextWish {
  /** Height of a line in pixels, about. */
  readonly height: number;
  /** Wraps at this width. */
  readonly width?: number;
  readonly align?: 'left' | 'centre' | 'right';
  /** Figures of one width, for counters. */
  readonly mono?: boolean;
}

const FONTS = {
  plain: { file: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf', family: 'DejaVu Sans Bold' },
  mono: { file: 'dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf', family: 'DejaVu Sans Mono Bold' },
} as const;

/** Pango reads markup; whatever an artist wrote is only text. Characters that no font may show are left out. */
const asMarkup = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g, '')
    .replace(/\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** Sets the words. Text without any visible letter gives an empty mask. Scripts the font lacks come from the system's fonts. */
export async function textMask(text: string, wish: TextWish): Promise<TextMask> {
  const markup = asMarkup(text);
  if (markup.trim() === '') return { width: 0, height: 0, alpha: new Uint8Array(0) };
  const font = wish.mono === true ? FONTS.mono : FONTS.plain;
  const { data, info } = await sharp({
    text: {
      text: markup,
      fontfile: outsideArchive(require.resolve(font.file)),
      // At 72 dpi a point is a pixel; a line is about 1.17 em high.
      font: `${font.family} ${Math.max(4, Math.round(wish.height / 1.17))}`,
      dpi: 72,
      rgba: true,
      align: wish.align ?? 'left',
      ...(wish.width === undefined ? {} : { width: Math.max(8, Math.round(wish.width)), wrap: 'word-char' as const }),
    },
  })
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, alpha: new Uint8Array(data) };
}
