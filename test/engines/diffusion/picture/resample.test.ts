import fc from 'fast-check';
import { centreCrop } from '../../../../companion-app/engines/diffusion/picture/centre';
import { crop, resize, type FilterName, type Rgb } from '../../../../companion-app/engines/diffusion/picture/resample';

const filters = fc.constantFrom<FilterName>('box', 'bilinear', 'bicubic', 'lanczos');
const side = fc.integer({ min: 1, max: 40 });

const flat = (width: number, height: number, value: number): Rgb => ({
  width,
  height,
  rgb: new Uint8Array(width * height * 3).fill(value),
});

test('an even colour stays as it is at every size', () => {
  fc.assert(
    fc.property(filters, side, side, side, side, fc.nat(255), (filter, w, h, width, height, value) => {
      const made = resize(flat(w, h, value), width, height, filter);
      expect(made.rgb).toHaveLength(width * height * 3);
      expect(new Set(made.rgb)).toEqual(new Set([value]));
    }),
  );
});

test('the same size is the same picture', () => {
  const picture: Rgb = { width: 5, height: 3, rgb: Uint8Array.from({ length: 45 }, (_, i) => i * 5) };
  expect(resize(picture, 5, 3, 'lanczos').rgb).toEqual(picture.rgb);
});

test('halving with the box filter takes means, halves rounded up', () => {
  const picture: Rgb = { width: 2, height: 1, rgb: Uint8Array.of(10, 0, 255, 13, 1, 255) };
  expect([...resize(picture, 1, 1, 'box').rgb]).toEqual([12, 1, 255]);
});

test('overshoot is clamped between the passes', () => {
  const edge: Rgb = {
    width: 16,
    height: 16,
    rgb: new Uint8Array(768).map((_, i) => (Math.floor(i / 3) % 16 < 8 ? 0 : 255)),
  };
  const made = resize(edge, 40, 40, 'lanczos').rgb;
  expect(Math.max(...made)).toBe(255);
  expect(Math.min(...made)).toBe(0);
});

test('a crop beyond the edges is black there', () => {
  const made = crop(flat(2, 2, 9), -1, -1, 4, 3);
  expect([...made.rgb].filter((x) => x === 9)).toHaveLength(12);
  expect(made.rgb[0]).toBe(0);
});

test('the middle of any picture fills the size asked for', () => {
  fc.assert(
    fc.property(side, side, side, side, (w, h, width, height) => {
      const made = centreCrop(flat(w, h, 77), width, height);
      expect([made.width, made.height]).toEqual([width, height]);
      expect(new Set(made.rgb)).toEqual(new Set([77]));
    }),
  );
});
