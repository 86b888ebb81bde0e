/** Handles: frames before and after a shot in its clip. The shot's own frames are what they are without them. */
import path from 'node:path';
import fc from 'fast-check';
import { createInbetweenEngine } from '../../companion-app/engines/inbetween';
import { createParallaxEngine } from '../../companion-app/engines/parallax';
import { grabFrames, probeClip } from '../../companion-app/media';
import { engineShelf } from '../../companion-app/render/engines';
import { renderShot } from '../../companion-app/render/render-shot';
import { zTake, type JobSpec, type Take } from '../../shared/protocol';
import { resolveMoves, RATES, withHandles, type Handles, type Shot } from '../../shared/shot';
import { temporaryFolder } from '../media/temp-folder';
import { drawBoard, orderFor } from './orders';

const folder = temporaryFolder('handles');
const engines = engineShelf({
  parallax: ({ provider }) => createParallaxEngine({ provider }),
  inbetween: ({ provider }) => createInbetweenEngine({ provider }),
});
afterAll(() => engines.close());

let boards: string[] = [];
beforeAll(async () => {
  boards = [
    await drawBoard(path.join(folder(), 'A.png'), 320, 180),
    await drawBoard(path.join(folder(), 'B.png'), 300, 180),
  ];
});

interface Wanted {
  readonly boards: readonly string[];
  readonly handles?: Handles;
  readonly shot?: Partial<Shot>;
  readonly spec?: Partial<JobSpec>;
}

let count = 0;
async function take({ boards: files, handles, shot = {}, spec = {} }: Wanted): Promise<Take> {
  count += 1;
  const order = orderFor({
    dir: path.join(folder(), `attempt ${count}`),
    boards: files,
    shot: { frames: 12, ...shot },
    spec: { engine: 'auto', ...(handles ? { handles } : {}), ...spec },
  });
  const tools = { engines, movesOf: resolveMoves, now: () => performance.now() };
  return zTake.parse(
    await renderShot(order, tools, { signal: new AbortController().signal, progress: () => undefined }),
  );
}

/** Mean difference of two pictures, 0–255. */
const apart = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;

const HANDLES = { before: 5, after: 7 };
const burnIns = { shotName: true, timecode: true, frameCounter: true, notes: false, dialogue: false, slate: true };

describe('a shot with handles', () => {
  test.each([
    ['one board', 1, {}],
    ['several boards', 2, {}],
    ['what is burnt in', 1, { burnIns, startFrame: 48 }],
  ] as const)('%s: its own frames are the same, the camera rests outside', async (_name, n, shot) => {
    const files = boards.slice(0, n);
    const plain = await take({ boards: files, shot });
    const long = await take({ boards: files, shot, handles: HANDLES });
    expect(long).toMatchObject({ frames: 12, handles: HANDLES });
    expect((await probeClip(long.path)).frames).toBe(5 + 12 + 7);
    // What the pages play is the shot alone.
    expect((await probeClip(long.proxy ?? '')).frames).toBe(12);
    const all = Array.from({ length: 12 }, (_, i) => i);
    const [own, kept] = await Promise.all([
      grabFrames(plain, all),
      grabFrames(
        long,
        all.map((i) => i + HANDLES.before),
      ),
    ]);
    for (const i of all)
      expect(apart(own[i]?.rgb ?? new Uint8Array(1), kept[i]?.rgb ?? new Uint8Array())).toBeLessThan(0.5);
    if ('burnIns' in shot) return;
    const [lead, first, last, tail] = await grabFrames(long, [0, 5, 16, 23]);
    expect(apart(lead?.rgb ?? new Uint8Array(1), first?.rgb ?? new Uint8Array())).toBeLessThan(0.5);
    expect(apart(last?.rgb ?? new Uint8Array(1), tail?.rgb ?? new Uint8Array())).toBeLessThan(0.5);
  });

  test('an H.264 clip with handles gets a proxy of its own: the clip is not what is to be played', async () => {
    const long = await take({ boards: boards.slice(0, 1), handles: HANDLES, spec: { codec: 'h264' } });
    expect(long.proxy).not.toBe(long.path);
    expect((await probeClip(long.proxy ?? '')).frames).toBe(12);
  });
});

test('everything said of frames is said of the clip', () => {
  const base: Shot = {
    ...{ id: 's', name: 'SH010', rate: RATES['24'], dropFrame: false, startFrame: 100, frames: 24 },
    ...{ size: { width: 320, height: 180 }, fit: 'letterbox', notes: '' },
    boards: [
      { board: 'a'.repeat(64), at: 0, name: 'A' },
      { board: 'b'.repeat(64), at: 10, name: 'B' },
    ],
    moves: [{ kind: 'push-in', from: 2, to: 20, amount: 1.2, ease: 'linear', confidence: 1, text: '' }],
    framing: [{ frame: 3, center: { x: 0.5, y: 0.5 }, scale: 1, roll: 0, ease: 'linear' }],
  };
  fc.assert(
    fc.property(fc.nat(240), fc.nat(240), (before, after) => {
      const long = withHandles(base, { before, after });
      expect([long.startFrame, long.frames]).toEqual([100 - before, 24 + before + after]);
      expect(long.boards.slice(-2).map(({ at }) => at)).toEqual([before, before + 10]);
      expect(long.boards[0]?.at).toBe(0);
      expect(long.moves?.map(({ from, to }) => [from, to])).toEqual([[2 + before, 20 + before]]);
      expect(long.framing?.map(({ frame }) => frame)).toEqual([3 + before]);
    }),
  );
});
