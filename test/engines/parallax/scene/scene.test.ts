import sharp from 'sharp';
import { buildScene, type Scene, type SceneOptions } from '../../../../companion-app/engines/parallax/scene';
import type { BoardPicture } from '../../../../companion-app/engines/engine';
import { board, figure } from './drawings';

const still = new AbortController().signal;
const options: SceneOptions = {
  size: { width: 640, height: 360 },
  fit: 'letterbox',
  overscan: { x: 0.1, y: 0.1 },
  seed: 1,
};

/** The layers laid over each other, cut to the frame. */
function flatten(scene: Scene): Uint8Array {
  const { boardWidth, boardHeight, margin } = scene;
  const out = new Uint8Array(boardWidth * boardHeight * 3);
  for (const { rgba, width } of scene.layers) {
    for (let y = 0; y < boardHeight; y++) {
      for (let x = 0; x < boardWidth; x++) {
        const from = 4 * ((y + margin.y) * width + x + margin.x);
        const to = 3 * (y * boardWidth + x);
        const a = rgba[from + 3]! / 255;
        for (let c = 0; c < 3; c++) out[to + c] = Math.round(out[to + c]! * (1 - a) + rgba[from + c]! * a);
      }
    }
  }
  return out;
}

const meanDifference = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, v, i) => sum + Math.abs(v - b[i]!), 0) / a.length;

const darkest = (rgba: Uint8Array): number => {
  let least = 255;
  for (let i = 0; i < rgba.length; i += 4) least = Math.min(least, rgba[i]!);
  return least;
};

describe('the scene of a board', () => {
  test('its layers laid over each other are the board', async () => {
    const drawn = await board(figure(180, 250, 120) + figure(450, 340, 220));
    const scene = await buildScene(drawn, options, still);
    expect(scene.layers.length).toBeGreaterThanOrEqual(2);
    expect(meanDifference(flatten(scene), drawn.rgb)).toBeLessThan(0.5);
  });

  test('the plate behind keeps nothing of the figures, not even crumbs of their outlines', async () => {
    const scene = await buildScene(await board(figure(180, 250, 120) + figure(450, 340, 220)), options, still);
    expect(darkest(scene.layers[0]!.rgba)).toBeGreaterThan(235);
    expect(scene.layers[0]!.rgba.every((v, i) => i % 4 !== 3 || v === 255)).toBe(true);
  });

  test('no paper clings to a figure: outside its strokes its layer is clear', async () => {
    const scene = await buildScene(await board(figure(320, 320, 260)), options, still);
    const { rgba, width } = scene.layers[1]!;
    const alphaAt = (x: number, y: number): number =>
      rgba[4 * ((y + scene.margin.y) * width + x + scene.margin.x) + 3]!;
    expect(alphaAt(320, 200)).toBe(255);
    // The right outline at half height lies at x ≈ 320 + 0.15·260; four pixels beyond it nothing of the layer is left.
    expect(alphaAt(320 + 41 + 5, 240)).toBe(0);
  });

  test('a line behind a figure does not smear into the plate', async () => {
    const scene = await buildScene(
      await board('<path d="M0 230H640" stroke="#111" stroke-width="3"/>' + figure(320, 320, 260)),
      options,
      still,
    );
    const { rgba, width } = scene.layers[0]!;
    for (let y = 180; y < 300; y++) {
      const v = rgba[4 * ((y + scene.margin.y) * width + 320 + scene.margin.x)]!;
      if (Math.abs(y - 230) > 6) expect(v).toBeGreaterThan(225);
    }
  });

  test('strokes run on beyond the edge of the board', async () => {
    const scene = await buildScene(
      await board('<path d="M0 180H640" stroke="#111" stroke-width="4"/>' + figure(320, 320, 260)),
      options,
      still,
    );
    const picture = scene.layers[0]!;
    const at = (x: number, y: number): number => picture.rgba[4 * (y * picture.width + x)]!;
    expect(at(10, 180 + scene.margin.y)).toBeLessThan(80);
    expect(at(10, 90 + scene.margin.y)).toBeGreaterThan(240);
  });

  test('the same board, seed and size give the same bytes', async () => {
    const drawn = await board(figure(180, 250, 120) + figure(450, 340, 220));
    const [a, b] = [await buildScene(drawn, options, still), await buildScene(drawn, options, still)];
    a.layers.forEach((layer, i) => {
      expect(Buffer.compare(layer.rgba, b.layers[i]!.rgba)).toBe(0);
      const bytes = (near: Float32Array) => Buffer.from(near.buffer, near.byteOffset, near.byteLength);
      expect(Buffer.compare(bytes(layer.near), bytes(b.layers[i]!.near))).toBe(0);
    });
  });

  test.each(['fill', 'letterbox'] as const)('a tall board in a wide frame: %s', async (fit) => {
    const tall = await board(figure(90, 300, 220), 180, 320);
    const scene = await buildScene(tall, { ...options, fit }, still);
    expect([scene.boardWidth, scene.boardHeight]).toEqual([640, 360]);
    expect(scene.margin).toEqual({ x: 64, y: 36 });
    for (const layer of scene.layers) {
      expect([layer.width, layer.height]).toEqual([768, 432]);
      expect(layer.rgba).toHaveLength(768 * 432 * 4);
      expect(layer.near).toHaveLength(layer.reliefWidth * layer.reliefHeight);
    }
  });

  test('detail of a large board is kept where the camera comes close', async () => {
    const large = await board(figure(900, 900, 700), 1920, 1080);
    const near = await buildScene(large, { ...options, tightest: 1.5 }, still);
    expect([near.boardWidth, near.boardHeight]).toEqual([960, 540]);
    const small = await board(figure(90, 300, 220), 320, 180);
    expect((await buildScene(small, { ...options, tightest: 1.5 }, still)).boardWidth).toBe(640);
  });

  test.each([
    [1, 1],
    [1, 400],
    [3, 2],
    [500, 1],
  ])('a board of %i×%i pixels is a scene too', async (width, height) => {
    const scene = await buildScene(
      { at: 0, name: 'tiny', width, height, rgb: new Uint8Array(width * height * 3).fill(200) },
      options,
      still,
    );
    expect(scene.layers[0]!.rgba).toHaveLength(768 * 432 * 4);
  });

  test('ends when it is no longer wanted', async () => {
    const wanted = new AbortController();
    wanted.abort(new Error('enough'));
    await expect(buildScene(await board(''), options, wanted.signal)).rejects.toThrow('enough');
  });
});

describe('layers the artist has drawn', () => {
  const rgba = async (body: string): Promise<Uint8Array> =>
    new Uint8Array(
      await sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">${body}</svg>`))
        .ensureAlpha()
        .raw()
        .toBuffer(),
    );

  async function layered(names: readonly [string, string]): Promise<BoardPicture> {
    const back = '<rect width="640" height="360" fill="#cde"/><path d="M0 250H640" stroke="#333" stroke-width="3"/>';
    const whole = await board(back + figure(320, 320, 260));
    return {
      ...whole,
      layers: [
        { name: names[0], rgba: await rgba(back) },
        { name: names[1], rgba: await rgba(figure(320, 320, 260)) },
      ],
    };
  }

  test('are the sheets, with what they hide kept', async () => {
    const scene = await buildScene(await layered(['room', 'Anna']), options, still);
    expect(scene.layers.map((l) => l.name)).toEqual(['backdrop', 'Anna']);
    const { rgba: plate, width } = scene.layers[0]!;
    expect(plate[4 * ((250 + scene.margin.y) * width + 320 + scene.margin.x)]).toBeLessThan(80);
    expect(meanDifference(flatten(scene), (await layered(['room', 'Anna'])).rgb)).toBeLessThan(0.5);
  });

  test('named after pencils and fills they are one drawing', async () => {
    const scene = await buildScene(await layered(['fill', 'pencil']), options, still);
    expect(scene.layers.map((l) => l.name)).not.toContain('pencil');
  });
});
