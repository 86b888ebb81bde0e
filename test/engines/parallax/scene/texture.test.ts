/** Texture carried on behind what was lifted off: measured by how strongly and in which direction it runs. */
import { buildScene } from '../../../../companion-app/engines/parallax/scene';
import { fillTexture } from '../../../../companion-app/engines/parallax/scene/texture/fill';
import { texturedHole } from '../../../../companion-app/engines/parallax/scene/texture/textured';
import { board, figure } from './drawings';

const [WIDTH, HEIGHT] = [640, 360];

const hatching = (step: number, lean: number): string =>
  Array.from(
    { length: Math.ceil((WIDTH + HEIGHT) / step) + 20 },
    (_, i) => `<path d="M${(i - 10) * step} 0l${-lean} ${HEIGHT}" stroke="#333" stroke-width="2"/>`,
  ).join('');

/** Mean squared slope of the picture (green) in a rectangle, and the direction in degrees (0…180) in which it is steepest. */
function grain(
  rgb: Uint8Array,
  stride: number,
  channels: number,
  [x0, y0, x1, y1]: readonly number[],
): { energy: number; angle: number } {
  let [xx, yy, xy, n] = [0, 0, 0, 0];
  const at = (x: number, y: number): number => rgb[channels * (y * stride + x) + 1]!;
  for (let y = y0!; y < y1!; y++) {
    for (let x = x0!; x < x1!; x++) {
      const gx = (at(x + 1, y) - at(x - 1, y)) / 2;
      const gy = (at(x, y + 1) - at(x, y - 1)) / 2;
      xx += gx * gx;
      yy += gy * gy;
      xy += gx * gy;
      n++;
    }
  }
  const angle = (Math.atan2(2 * xy, xx - yy) / 2) * (180 / Math.PI);
  return { energy: (xx + yy) / n, angle: (angle + 180) % 180 };
}

function holed(rgb: Uint8Array, [x0, y0, x1, y1]: readonly number[]): { rgb: Uint8Array; hole: Uint8Array } {
  const hole = new Uint8Array(WIDTH * HEIGHT);
  const out = rgb.slice();
  for (let y = y0!; y < y1!; y++) {
    hole.fill(1, y * WIDTH + x0!, y * WIDTH + x1!);
    out.fill(128, 3 * (y * WIDTH + x0!), 3 * (y * WIDTH + x1!));
  }
  return { rgb: out, hole };
}

const everywhere = new Uint8Array(WIDTH * HEIGHT).fill(1);
const HOLE: readonly [number, number, number, number] = [260, 90, 380, 300];

test.each([
  ['steep', 12, 120],
  ['flat', 16, 700],
  ['fine', 7, 300],
])('%s hatching goes on through a hole, stroke for stroke', async (_, step, lean) => {
  const drawn = await board(hatching(step, lean));
  const { rgb, hole } = holed(drawn.rgb, HOLE);
  fillTexture({ width: WIDTH, height: HEIGHT, rgb, hole }, everywhere, 1);
  const [inside, wanted] = [grain(rgb, WIDTH, 3, HOLE), grain(drawn.rgb, WIDTH, 3, HOLE)];
  expect(inside.energy / wanted.energy).toBeGreaterThan(0.85);
  expect(inside.energy / wanted.energy).toBeLessThan(1.2);
  expect(Math.abs(((inside.angle - wanted.angle + 270) % 180) - 90)).toBeLessThan(4);
});

test('the edge between two washes goes on straight', async () => {
  const drawn = await board('<rect y="210" width="640" height="150" fill="#bbb"/>');
  const { rgb, hole } = holed(drawn.rgb, HOLE);
  fillTexture({ width: WIDTH, height: HEIGHT, rgb, hole }, everywhere, 1);
  const off = rgb.reduce((sum, v, i) => sum + (Math.abs(v - drawn.rgb[i]!) > 20 ? 1 : 0), 0) / 3;
  expect(off).toBeLessThan(0.03 * 120 * 210);
});

test('what is wall is carried on from the wall, what is floor from the floor, however alike they are', async () => {
  const [wall, floor, crease] = [255, 253, 200];
  const drawn = await board(
    `<rect y="${crease}" width="640" height="160" fill="rgb(${floor},${floor},${floor})"/>${hatching(12, 120)}`,
  );
  const kind = everywhere.map((_, i) => (i >= crease * WIDTH ? 1 : 0));
  const papers = (upper: boolean): Set<number> => {
    const { rgb, hole } = holed(drawn.rgb, HOLE);
    fillTexture({ width: WIDTH, height: HEIGHT, rgb, hole, kind }, everywhere, 1);
    const [y0, y1] = upper ? [HOLE[1], crease - 12] : [crease + 12, HOLE[3]];
    const seen = new Set<number>();
    for (let y = y0; y < y1; y++)
      for (let x = HOLE[0]; x < HOLE[2]; x++)
        if (rgb[3 * (y * WIDTH + x)]! >= floor) seen.add(rgb[3 * (y * WIDTH + x)]!);
    return seen;
  };
  expect([...papers(true)]).not.toContain(floor);
  expect([...papers(false)]).not.toContain(wall);
});

test('the same seed fills the same way; what is not usable is never copied', async () => {
  const drawn = await board(hatching(12, 120) + '<rect x="420" width="220" height="360" fill="#f00"/>');
  const usable = everywhere.map((_, i) => (i % WIDTH < 420 ? 1 : 0));
  const fill = (): Uint8Array => {
    const { rgb, hole } = holed(drawn.rgb, HOLE);
    fillTexture({ width: WIDTH, height: HEIGHT, rgb, hole }, usable, 7);
    return rgb;
  };
  const rgb = fill();
  expect(Buffer.compare(rgb, fill())).toBe(0);
  for (let y = HOLE[1]; y < HOLE[3]; y++) {
    for (let x = HOLE[0]; x < HOLE[2]; x++)
      expect(rgb[3 * (y * WIDTH + x)]! - rgb[3 * (y * WIDTH + x) + 1]!).toBeLessThan(40);
  }
});

test('plain paper is left to the smooth fill, hatching is not', async () => {
  const plain = holed((await board('')).rgb, HOLE);
  const hatched = holed((await board(hatching(12, 120))).rgb, HOLE);
  const size = { width: WIDTH, height: HEIGHT };
  expect(texturedHole({ ...size, ...plain }, everywhere)).not.toContain(1);
  expect(texturedHole({ ...size, ...hatched }, everywhere)).toEqual(hatched.hole);
});

test('behind a figure before a hatched wall the hatching goes on', async () => {
  const drawn = await board(hatching(14, 120) + figure(320, 330, 250));
  const at = (x: number, y: number) => ({ x: x / WIDTH, y: y / HEIGHT });
  const outline = [at(250, 70), at(390, 70), at(390, 345), at(250, 345)];
  const path = [at(0, 0), at(0, 0)];
  const scene = await buildScene(
    drawn,
    {
      size: { width: WIDTH, height: HEIGHT },
      fit: 'fill',
      overscan: { x: 0, y: 0 },
      seed: 1,
      regions: [{ id: 'anna', name: 'Anna', outline, path, from: 0, to: 1, ease: 'linear' }],
    },
    new AbortController().signal,
  );
  const behind = [290, 170, 350, 310] as const;
  const wanted = grain((await board(hatching(14, 120))).rgb, WIDTH, 3, behind);
  const got = grain(scene.layers[0]!.rgba, scene.layers[0]!.width, 4, behind);
  expect(got.energy / wanted.energy).toBeGreaterThan(0.75);
  expect(got.energy / wanted.energy).toBeLessThan(1.4);
  expect(Math.abs(((got.angle - wanted.angle + 270) % 180) - 90)).toBeLessThan(6);
});
