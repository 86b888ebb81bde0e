import fc from 'fast-check';
import { createSimulator, type Simulator } from '../premiere-simulator';

let sim: Simulator;
beforeEach(() => {
  sim = createSimulator();
});
afterEach(() => sim.dispose());

const RATES = [
  { name: '23.976', rate: { num: 24000, den: 1001 }, ticks: '10594584000' },
  { name: '24', rate: { num: 24, den: 1 }, ticks: '10584000000' },
  { name: '25', rate: { num: 25, den: 1 }, ticks: '10160640000' },
  { name: '29.97 DF', rate: { num: 30000, den: 1001 }, ticks: '8475667200', dropFrame: true },
  { name: '30', rate: { num: 30, den: 1 }, ticks: '8467200000' },
] as const;

describe.each(RATES)('a sequence at $name', ({ rate, ticks, ...more }) => {
  async function rateOf() {
    const dropFrame = 'dropFrame' in more;
    sim.addProject().addSequence({ rate, dropFrame });
    const sequence = await (await sim.ppro.Project.getActiveProject()).getActiveSequence();
    return { sequence, frameRate: (await sequence.getSettings()).getVideoFrameRate(), dropFrame };
  }

  it('gives its timebase as text and its rate synchronously', async () => {
    const { sequence, frameRate, dropFrame } = await rateOf();
    expect(await sequence.getTimebase()).toBe(ticks);
    expect(frameRate.ticksPerFrame).toBe(Number(ticks));
    const format = (await sequence.getSequenceVideoTimeDisplayFormat()).type;
    expect(format === sim.ppro.Constants.VideoDisplayFormatType.FPS_29_97).toBe(dropFrame);
  });

  it('snaps any tick to the nearest frame, exactly', async () => {
    const { frameRate } = await rateOf();
    const step = BigInt(ticks);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000 }),
        fc.bigInt({ min: -(step / 2n) + 1n, max: step / 2n - 1n }),
        (frame, off) => {
          const time = sim.ppro.TickTime.createWithTicks((BigInt(frame) * step + off).toString());
          expect(time.alignToNearestFrame(frameRate).ticks).toBe((BigInt(frame) * step).toString());
          expect(time.alignToFrame(frameRate).ticks).toBe((BigInt(off < 0n ? frame - 1 : frame) * step).toString());
        },
      ),
    );
  });

  it('loses ticks over seconds in some frames, never gains any', async () => {
    const step = BigInt(ticks);
    let short = 0;
    for (let frame = 0; frame < 2000; frame++) {
      const exact = BigInt(frame) * step;
      const { seconds } = sim.ppro.TickTime.createWithTicks(exact.toString());
      const back = BigInt(sim.ppro.TickTime.createWithSeconds(seconds).ticks);
      expect(back <= exact && exact - back < 4n).toBe(true);
      if (back < exact) short++;
    }
    expect(short).toBeGreaterThan(0);
  });
});

it('computes in 64 bits where a double would lose ticks', () => {
  const { TickTime } = sim.ppro;
  const large = TickTime.createWithTicks('9223372036854775000');
  expect(large.add(TickTime.createWithTicks('7')).subtract(TickTime.createWithTicks('1')).ticks).toBe(
    '9223372036854775006',
  );
  expect(large.multiply(1).equals(large)).toBe(true);
  expect(TickTime.createWithTicks('10').divide(4).ticks).toBe('2');
});

it('makes an inexact rate from a decimal', () => {
  expect(sim.ppro.FrameRate.createWithValue(23.976).ticksPerFrame).not.toBe(10594584000);
  expect(sim.ppro.FrameRate.createWithValue(25).ticksPerFrame).toBe(10160640000);
});

it('takes ticks as text of digits only', () => {
  for (const text of ['', '1.5', '1e9', 'x'])
    expect(() => sim.ppro.TickTime.createWithTicks(text)).toThrow('Invalid parameter.');
});
