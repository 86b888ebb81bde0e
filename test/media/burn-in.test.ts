import fc from 'fast-check';
import { makeBurnIn } from '../../companion-app/media';
import { makeCounter } from '../../companion-app/media/burn-in/counter';
import { RATES, type BurnIns, type Shot } from '../../shared/shot';

const none: BurnIns = {
  shotName: false,
  timecode: false,
  frameCounter: false,
  notes: false,
  dialogue: false,
  slate: false,
};
const shot = (burnIns: Partial<BurnIns>, more: Partial<Shot> = {}): Shot => ({
  id: '1',
  name: 'SH010',
  rate: RATES['29.97'],
  dropFrame: true,
  startFrame: 1798,
  frames: 120,
  size: { width: 640, height: 360 },
  fit: 'fill',
  boards: [],
  notes: 'slow push in & <hold>',
  dialogue: 'ANNA: "Who is there?"',
  burnIns: { ...none, ...burnIns },
  ...more,
});
const grey = (width = 640, height = 360) => ({ width, height, rgb: new Uint8Array(width * height * 3).fill(128) });

/** Bounds of what differs from plain grey. */
function changed(canvas: ReturnType<typeof grey>): { left: number; top: number; right: number; bottom: number } | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (let i = 0; i < canvas.rgb.length; i++) {
    if (canvas.rgb[i] === 128) continue;
    const [x, y] = [Math.floor(i / 3) % canvas.width, Math.floor(i / 3 / canvas.width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  return right < 0 ? null : { left, top, right, bottom };
}

async function drawn(wish: Shot, index = 0, size = { width: 640, height: 360 }) {
  const canvas = grey(size.width, size.height);
  (await makeBurnIn(wish, size))?.(canvas, index);
  return canvas;
}

test('a shot that asks for nothing is left alone', async () => {
  expect(await makeBurnIn(shot({}), { width: 640, height: 360 })).toBeNull();
  const { burnIns: _, ...plain } = shot({});
  expect(await makeBurnIn(plain, { width: 640, height: 360 })).toBeNull();
});

test.each([
  [{ shotName: true }, 'left', 'top'],
  [{ timecode: true }, 'right', 'top'],
  [{ frameCounter: true }, 'right', 'bottom'],
  [{ notes: true }, 'left', 'bottom'],
] as const)('%j lies in its corner, inside the title-safe area', async (burnIns, side, edge) => {
  const box = changed(await drawn(shot(burnIns)))!;
  expect(box.left).toBeGreaterThanOrEqual(32);
  expect(box.right).toBeLessThan(608);
  expect(box.top).toBeGreaterThanOrEqual(18);
  expect(box.bottom).toBeLessThan(342);
  expect(side === 'left' ? box.left : 639 - box.right).toBeLessThan(36);
  expect(edge === 'top' ? box.top : 359 - box.bottom).toBeLessThan(22);
});

test('the slate is on frame 0 alone, the counters change each frame, the rest stays', async () => {
  expect(changed(await drawn(shot({ slate: true }), 0))).not.toBeNull();
  expect(changed(await drawn(shot({ slate: true }), 1))).toBeNull();
  const [a, b] = [await drawn(shot({ timecode: true }), 0), await drawn(shot({ timecode: true }), 1)];
  expect(Buffer.compare(a.rgb, b.rgb)).not.toBe(0);
  const [c, d] = [
    await drawn(shot({ shotName: true, dialogue: true }), 0),
    await drawn(shot({ shotName: true, dialogue: true }), 7),
  ];
  expect(Buffer.compare(c.rgb, d.rgb)).toBe(0);
});

test('the timecode is the timeline’s, drop-frame and offset included', async () => {
  // Frame 1800 at 29.97 DF is 00:01:00;02, drawn the same whether the count comes from the shot or from the sequence's zero.
  const straight = await drawn(shot({ timecode: true }), 2);
  const offset = await drawn(shot({ timecode: true }, { startFrame: 0, timecodeZero: 1798 }), 2);
  expect(Buffer.compare(straight.rgb, offset.rgb)).toBe(0);
  const canvas = grey();
  const counter = await makeCounter(13);
  const text = '00:01:00;02';
  const pad = Math.ceil(13 * 0.3);
  const box = changed(straight)!;
  canvas.rgb.set(straight.rgb);
  const before = Buffer.from(canvas.rgb);
  // Drawing the expected figures over themselves adds no ink anywhere new.
  counter.draw(canvas, text, box.left + pad, box.top + pad);
  let grown = 0;
  for (let i = 0; i < before.length; i++) if (canvas.rgb[i]! > 200 && before[i]! < 100) grown += 1;
  expect(grown).toBe(0);
});

test('whatever is written, at whatever size, nothing is drawn outside and nothing throws', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.integer({ min: 2, max: 200 }),
      fc.integer({ min: 2, max: 200 }),
      async (text, width, height) => {
        const wish = shot(
          { shotName: true, timecode: true, frameCounter: true, notes: true, dialogue: true, slate: true },
          { name: text, notes: text, dialogue: text },
        );
        const canvas = await drawn(wish, 0, { width, height });
        expect(canvas.rgb).toHaveLength(width * height * 3);
      },
    ),
    { numRuns: 25 },
  );
});
