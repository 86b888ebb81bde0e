/** The preview process: shows what would be rendered, is overtaken by newer asks, and comes back after a crash. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { PreviewDesk, type DeskSettings, type Told } from '../../companion-app/daemon/pages/editor/preview-desk';
import { createParallaxEngine, openLive } from '../../companion-app/engines/parallax';
import type { BoardPicture } from '../../companion-app/engines/engine';
import { decodeBoard } from '../../companion-app/media';
import { smallBoards } from '../../companion-app/daemon/pages/small-boards';
import type { Ask, ShotAsk } from '../../companion-app/render/preview/messages';
import { toProblem } from '../../shared/problem';
import { resolveMoves, type Shot } from '../../shared/shot';
import { nodeBundle } from '../built';
import { pngClaiming, psdFile, psdPixels } from '../media/board-files';
import { temporaryFolder } from '../media/temp-folder';
import { until } from '../queue/fixtures/specs';
import { drawBoard, sha256Of } from './orders';

const folder = temporaryFolder('preview');
let built = '';

let boards: ShotAsk['boards'];
let shot: Shot;
beforeAll(async () => {
  built = await nodeBundle('companion-app/render/preview/main.ts');
  const file = await drawBoard(path.join(folder(), 'SH010.png'), 320, 180);
  const sha256 = sha256Of(file);
  boards = [{ sha256, path: file }];
  shot = {
    ...{ id: 's1', name: 'SH010', rate: { num: 24, den: 1 }, dropFrame: false, startFrame: 0, frames: 4 },
    ...{ size: { width: 320, height: 180 }, fit: 'fill', boards: [{ board: sha256, at: 0, name: 'SH010.png' }] },
    notes: 'push in 1.3x, truck right 0.05 widths',
  };
});

const frame = (over: Partial<Extract<Ask, { kind: 'frame' }>> = {}): Ask => ({
  ...{ kind: 'frame', shot, boards, seed: 1, frame: 3, width: 320 },
  ...over,
});
const jpegOf = (told: Told): Uint8Array => {
  if (told.type !== 'picture') throw new Error(`a picture was wanted, not ${told.type}`);
  return told.jpeg;
};

describe('what is seen', () => {
  test('is what will be rendered: at rest, at the end of a move, drawn, with a region on its way', async () => {
    const size = { width: 320, height: 180 };
    const decoded = await decodeBoard(boards[0]?.path ?? '', { name: 'SH010.png' });
    const board: BoardPicture = { ...decoded, at: 0, name: 'SH010.png' };
    const live = await openLive({ workers: 1 });
    const engine = await createParallaxEngine({ provider: 'cpu', workers: 1 });
    const { signal } = new AbortController();
    const key = { frame: 0, center: { x: 0.5, y: 0.5 }, scale: 1, roll: 0, ease: 'linear' } as const;
    const square = [0.55, 0.75].flatMap((x) => [
      { x, y: 0.3 },
      { x, y: 0.7 },
    ]);
    const outline = [square[0], square[1], square[3], square[2]].flatMap((point) => point ?? []);
    const region = {
      id: 'r',
      name: 'r',
      outline,
      path: [
        { x: 0, y: 0 },
        { x: 0.1, y: 0 },
      ],
      from: 0,
      to: 4,
      ease: 'linear',
    } as const;
    const cases: Shot[] = [
      { ...shot, notes: 'static' },
      shot,
      { ...shot, framing: [key, { ...key, frame: 3, center: { x: 0.6, y: 0.45 }, scale: 0.6, roll: 5 }] },
      { ...shot, regions: [region] },
      {
        ...shot,
        reliefEdits: [{ board: shot.boards[0]?.board ?? '', points: [{ x: 0.5, y: 0.5 }], radius: 0.2, amount: -0.5 }],
      },
    ];
    const pictures: Uint8Array[] = [];
    try {
      for (const one of cases) {
        const asked = one.framing ? one : { ...one, moves: resolveMoves(one) };
        const seen = await live.picture({ shot: asked, boards: [board], size, seed: 1 }, 3, signal);
        let last: Uint8Array | undefined;
        const options = {
          size,
          seed: 1,
          quality: 'full',
          signal,
          progress: () => undefined,
          warn: () => undefined,
        } as const;
        for await (const { rgb } of engine.animate(asked, [board], options)) last = rgb.slice();
        if (!last) throw new Error('no frames');
        expect(meanDifference(seen, last)).toBeLessThan(2.5);
        pictures.push(seen);
      }
      // Each of them is another picture: nothing that was drawn is left out of both.
      const [, plain] = pictures;
      pictures.forEach((seen, i) => {
        if (plain && i !== 1) expect(meanDifference(seen, plain)).toBeGreaterThan(0.3);
      });
    } finally {
      await live.close();
      await engine.close();
    }
  }, 120_000);
});

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

describe('the desk', () => {
  const desks: PreviewDesk[] = [];
  const open = (settings: Partial<DeskSettings> = {}): PreviewDesk => {
    const desk = new PreviewDesk({ entry: built, patienceMs: 60_000, idleMs: 60_000, ...settings });
    desks.push(desk);
    return desk;
  };
  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.close()));
  });
  /** A process of the tests' own: `script` is what it does with an ask. */
  const stub = async (name: string, script: string): Promise<string> => {
    const file = path.join(folder(), `${name}.cjs`);
    await writeFile(
      file,
      `process.on('disconnect', () => process.exit(0));\nprocess.on('message', (message) => {${script}});`,
    );
    return file;
  };
  const answer = "process.send({ type: 'framing', ref: message.ref, quads: [] });";

  test('answers frames, framing, boards and their near and far; problems are told, the process stays', async () => {
    const desk = open();
    const picture = await sharp(jpegOf(await desk.ask('a', frame()))).metadata();
    expect([picture.format, picture.width, picture.height]).toEqual(['jpeg', 320, 180]);
    const { pid } = desk;
    const framing = await desk.ask('a', { kind: 'framing', shot, boards, seed: 1, frames: [0, 3] });
    expect(framing.type === 'framing' && framing.quads.length).toBe(2);
    const near = async (over: Partial<Shot>): Promise<number> => {
      const told = await desk.ask('a', {
        kind: 'relief',
        shot: { ...shot, ...over },
        boards,
        seed: 1,
        frame: 0,
        width: 640,
      });
      const corner = { left: 0, top: 0, width: 12, height: 12 };
      const { data } = await sharp(jpegOf(told))
        .extract(corner)
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
      return data.reduce((sum, value) => sum + value, 0) / data.length;
    };
    const stroke = { board: shot.boards[0]?.board ?? '', points: [{ x: 0, y: 0 }], radius: 0.1, amount: 0.5 };
    expect((await near({ reliefEdits: [stroke] })) - (await near({}))).toBeGreaterThan(100);
    expect(
      Math.abs((await near({ reliefEdits: [{ ...stroke, board: 'b'.repeat(64) }] })) - (await near({}))),
    ).toBeLessThan(1);
    await expect(desk.ask('a', frame({ boards: [] }))).rejects.toMatchObject({ problem: { code: 'board-missing' } });
    await expect(desk.ask('a', frame({ shot: { ...shot, frames: 0 } }))).rejects.toMatchObject({
      problem: { code: 'shot-empty' },
    });
    expect(
      jpegOf(await desk.ask('a', { kind: 'board', shot, boards, seed: 1, frame: 0, width: 640 })).length,
    ).toBeGreaterThan(1000);
    expect(desk.pid).toBe(pid);
  }, 120_000);

  test('each frame shows the board that holds there, and one that is changed is read anew', async () => {
    const second = path.join(folder(), 'second.png');
    await sharp({ create: { width: 320, height: 180, channels: 3, background: '#404040' } })
      .png()
      .toFile(second);
    const files = [...boards, { sha256: sha256Of(second), path: second }];
    const two = {
      ...shot,
      notes: 'static',
      boards: [...shot.boards, { board: sha256Of(second), at: 2, name: 'second.png' }],
    };
    const desk = open();
    const meanOf = async (ask: Ask): Promise<number> => {
      const { data } = await sharp(jpegOf(await desk.ask('a', ask)))
        .raw()
        .toBuffer({ resolveWithObject: true });
      return data.reduce((sum, value) => sum + value, 0) / data.length;
    };
    for (const kind of ['frame', 'board'] as const) {
      const asked = { kind, shot: two, boards: files, seed: 1, width: 320 };
      expect(await meanOf({ ...asked, frame: 1 })).toBeGreaterThan(150);
      expect(await meanOf({ ...asked, frame: 2 })).toBeCloseTo(64, -1);
      expect(await meanOf({ ...asked, frame: 0 })).toBeGreaterThan(150);
    }
  }, 120_000);

  test('of asks that wait on a stream only the newest is answered; other streams wait their turn', async () => {
    const desk = open();
    const outcome = (told: Promise<Told>): Promise<string> =>
      told.then(
        ({ type }) => type,
        (error: unknown) => toProblem(error).code,
      );
    const asked = [0, 1, 2, 3].map((n) => outcome(desk.ask('a', frame({ frame: n }))));
    const other = outcome(desk.ask('b', frame({ frame: 1 })));
    expect(await Promise.all(asked)).toEqual(['picture', 'cancelled', 'cancelled', 'picture']);
    expect(await other).toBe('picture');
  }, 120_000);

  test('a process that is killed, or crashes over one ask, is followed by another', async () => {
    const mark = path.join(folder(), 'crashed once');
    const entry = await stub(
      'crashes',
      `const { existsSync, writeFileSync } = require('node:fs');
       if (!existsSync(${JSON.stringify(mark)})) { writeFileSync(${JSON.stringify(mark)}, ''); process.abort(); }
       ${answer}`,
    );
    const desk = open({ entry });
    expect((await desk.ask('a', frame())).type).toBe('framing');
    const { pid } = desk;
    if (pid === undefined) throw new Error('no process');
    process.kill(pid, 'SIGKILL');
    expect((await desk.ask('a', frame())).type).toBe('framing');
    expect(desk.pid).not.toBe(pid);
  });

  test('one that hangs is ended, and an ask that no process lives through is given up; the next is answered', async () => {
    const hangs = open({
      entry: await stub('hangs', `if (message.ask.frame === 9) for (;;); ${answer}`),
      patienceMs: 400,
    });
    await expect(hangs.ask('a', frame({ frame: 9 }))).rejects.toMatchObject({ problem: { code: 'render-crashed' } });
    expect((await hangs.ask('a', frame({ frame: 1 }))).type).toBe('framing');
    const talksNonsense = open({ entry: await stub('nonsense', "process.send({ type: 'what' });") });
    await expect(talksNonsense.ask('a', frame())).rejects.toMatchObject({ problem: { code: 'render-crashed' } });
  });

  test('asked nothing for a while it is let go, and comes back when asked', async () => {
    const desk = open({ entry: await stub('idle', answer), idleMs: 50 });
    await desk.ask('a', frame());
    expect(desk.pid).toBeDefined();
    await until(() => desk.pid === undefined);
    expect((await desk.ask('a', frame())).type).toBe('framing');
  });

  test('closing it gives up what waits and leaves no process', async () => {
    const desk = open({ entry: await stub('slow', `setTimeout(() => { ${answer} }, 5000);`) });
    const told = desk.ask('a', frame()).catch((error: unknown) => toProblem(error).code);
    const pid = await until(() => desk.pid);
    await desk.close();
    expect(await told).toBe('cancelled');
    expect(() => process.kill(pid, 0)).toThrow();
    await expect(desk.ask('a', frame())).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });
});

describe('a board made small for a list', () => {
  test('is decoded by the process where it is layered or huge, and only there', async () => {
    const psd = path.join(folder(), 'layers.psd');
    const pixels = psdPixels(40, 20, [200, 30, 30, 255]);
    await writeFile(psd, psdFile({ width: 40, height: 20, imageData: pixels, children: [{ imageData: pixels }] }));
    const small = smallBoards(built);
    const { width, height, format } = await sharp(await small.of(psd, 16)).metadata();
    expect({ width, height, format }).toEqual({ width: 16, height: 8, format: 'jpeg' });
    await small.stop();
    const alone = smallBoards(path.join(folder(), 'no such program.cjs'));
    expect((await sharp(await alone.of(boards[0]?.path ?? '', 32)).metadata()).width).toBe(32);
    const huge = path.join(folder(), 'huge.png');
    await writeFile(huge, await pngClaiming(9_000, 9_000));
    for (const heavy of [psd, huge])
      expect(await alone.of(heavy, 16).then(String, (error: unknown) => toProblem(error).code)).toBe('render-crashed');
    await alone.stop();
  });
});
