/** A storyboard laid out in the simulated Premiere, and read again the way every sequence is. */
import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import type { SequencePlan } from '../../../shared/protocol';
import { framesToTicks, RATES, type FrameRate } from '../../../shared/shot';
import { newStage, problemOf, strike, type Stage, type StageOptions } from './stage';

afterEach(strike);

const TICKS: Readonly<Record<string, bigint>> = { '23.976': 10_594_584_000n, '29.97': 8_475_667_200n };

/** Ten boards of six shots, some longer than a still's usual five seconds, with a gap before the last. */
async function tenBoards(stage: Stage, rate: FrameRate, dropFrame = false): Promise<SequencePlan> {
  const shots = [
    { name: 'SH010', notes: 'slow push in on Anna', boards: [31, 17] },
    { name: 'SH020', notes: '', boards: [1] },
    { name: 'SH030', notes: 'whip pan right, then hold', boards: [240, 12, 9] },
    { name: 'SH040', notes: 'static', boards: [48] },
    { name: 'SH050', notes: 'tilt up; handheld', boards: [73, 5] },
    { name: 'SH060', notes: 'pull out over 2 s', boards: [301] },
  ];
  const boards: SequencePlan['boards'] = [];
  const markers: SequencePlan['markers'] = [];
  let at = 0;
  for (const { name, notes, boards: lengths } of shots) {
    if (name === 'SH060') at += 25;
    markers.push({ startFrame: at, frames: lengths.reduce((sum, n) => sum + n, 0), name, notes });
    for (const [i, frames] of lengths.entries()) {
      const file = await stage.picture(lengths.length === 1 ? `${name}.png` : `${name}_${'ABC'[i] ?? ''}.png`);
      boards.push({ path: file, startFrame: at, frames });
      at += frames;
    }
  }
  const size = { width: 2048, height: 858 };
  return { name: 'SQ010 boards', rate, dropFrame, timecodeZero: 86_400, size, boards, markers };
}

const stageWith = (faults: StageOptions['faults'] = {}): Promise<Stage> => newStage({ faults });

function laid(stage: Stage, name = 'SQ010 boards'): { path: string; start: bigint; end: bigint }[] {
  const made = stage.project.sequences.find((sequence) => sequence.name === name);
  return (made?.snapshot().video[0]?.items ?? []).map(({ path, start, end }) => ({ path, start, end }));
}

const asAsked = ({ boards, rate }: SequencePlan): ReturnType<typeof laid> =>
  boards.map(({ path, startFrame, frames }) => ({
    path,
    start: framesToTicks(startFrame, rate),
    end: framesToTicks(startFrame + frames, rate),
  }));

describe.each([
  ['23.976', false],
  ['29.97', true],
] as const)('ten boards at %s, drop-frame %s', (named, dropFrame) => {
  const rate = RATES[named];

  test('land on exactly their frames, and the normal reading gives the same shots with the same notes', async () => {
    const stage = await stageWith();
    const plan = await tenBoards(stage, rate, dropFrame);
    expect(framesToTicks(1, rate)).toBe(TICKS[named]);
    const ref = await stage.host.newSequence(plan);
    expect(laid(stage)).toEqual(asAsked(plan));
    const reading = await stage.host.readSequence();
    expect(reading).toMatchObject({ ...ref, rate, dropFrame, size: plan.size, name: plan.name, problems: [] });
    const read = reading.shots.map(({ draft, boards }) => ({
      ...{ name: draft.name, startFrame: draft.startFrame, frames: draft.frames, notes: draft.notes },
      boards: boards.map(({ at, mediaPath }) => [at + draft.startFrame, mediaPath]),
    }));
    const asked = plan.markers.map(({ startFrame, frames, name, notes }) => ({
      ...{ name, startFrame, frames, notes },
      boards: plan.boards
        .filter((board) => board.startFrame >= startFrame && board.startFrame < startFrame + frames)
        .map((board) => [board.startFrame, board.path]),
    }));
    expect(read).toEqual(asked);
    expect(reading.shots[0]?.draft.timecodeZero).toBe(86_400);
  });

  test('one Undo takes boards and markers off again', async () => {
    const stage = await stageWith();
    const plan = await tenBoards(stage, rate, dropFrame);
    await stage.host.newSequence(plan);
    expect(stage.project.undoStack.at(-1)).toBe('Lay out SQ010 boards');
    stage.sim.user.undo();
    const made = stage.project.sequences.find(({ name }) => name === plan.name)?.snapshot();
    expect(made?.video.flatMap(({ items }) => items)).toEqual([]);
    expect(made?.markers).toEqual([]);
  });

  test('stills that keep another grid than the sequence are trimmed to the frame', async () => {
    const stage = await stageWith({ stillGrid: 10_160_640_000n });
    const plan = await tenBoards(stage, rate, dropFrame);
    await stage.host.newSequence({ ...plan, boards: plan.boards.map((board) => ({ ...board })) });
    expect(laid(stage)).toEqual(asAsked(plan));
  });
});

test('any lengths are exact at both rates', async () => {
  const stage = await stageWith();
  const file = await Promise.all(Array.from('ABCDEFGH').map((letter) => stage.picture(`SH010_${letter}.png`)));
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(RATES['23.976'], RATES['29.97']),
      fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 900 })), { minLength: 1, maxLength: 8 }),
      async (rate, lengths) => {
        let at = 0;
        const boards = lengths.map(([gap, frames], i) => {
          const board = { path: file[i]!, startFrame: at + gap, frames };
          at += gap + frames;
          return board;
        });
        const name = `Round ${(round += 1)}`;
        const size = { width: 1920, height: 1080 };
        const plan = { name, rate, dropFrame: false, timecodeZero: 0, size, boards, markers: [] };
        await stage.host.newSequence(plan);
        expect(laid(stage, name)).toEqual(asAsked(plan));
      },
    ),
    { numRuns: 12 },
  );
});

describe('what can go wrong', () => {
  const rate = RATES['23.976'];

  test('no other sequence is touched, whatever happens', async () => {
    const stage = await stageWith();
    await stage.board('SH900.png', 0, 48);
    const before = stage.layout();
    await stage.host.newSequence(await tenBoards(stage, rate));
    expect(stage.layout()).toBe(before);
  });

  test('asked a second time, nothing is imported, made or laid again', async () => {
    const stage = await stageWith();
    const plan = await tenBoards(stage, rate);
    const first = await stage.host.newSequence(plan);
    const [undo, bin] = [[...stage.project.undoStack], stage.project.bin()];
    expect(await stage.host.newSequence(plan)).toEqual(first);
    expect(stage.project.undoStack).toEqual(undo);
    expect(stage.project.bin()).toEqual(bin);
  });

  test('settings that do not hold are told, and the sequence set by hand is filled', async () => {
    const stage = await stageWith({ settingsIgnored: true });
    const plan = await tenBoards(stage, rate);
    const problem = await problemOf(stage.host.newSequence(plan));
    expect(problem.message).toContain('25 fps and 1920 × 1080');
    expect(problem.action).toContain('Sequence Settings, set 23.976 fps and 2048 × 858');
    stage.sim.faults.settingsIgnored = false;
    await stage.host.newSequence(plan);
    expect(laid(stage)).toEqual(asAsked(plan));
    expect(stage.project.sequences).toHaveLength(2);
  });

  test('a sequence that Premiere does not make may be made by hand', async () => {
    const stage = await stageWith({ sequencesRefused: [true] });
    const plan = await tenBoards(stage, rate);
    const problem = await problemOf(stage.host.newSequence(plan));
    expect(problem.action).toContain('Make an empty sequence named "SQ010 boards" with 23.976 fps and 2048 × 858');
    stage.project.addSequence({ name: plan.name, rate, size: plan.size });
    await stage.host.newSequence(plan);
    expect(laid(stage)).toEqual(asAsked(plan));
  });

  test("somebody's own sequence of that name is never filled", async () => {
    const stage = await stageWith();
    const plan = await tenBoards(stage, rate);
    await stage.project
      .addSequence({ name: plan.name, rate })
      .addStill({ path: await stage.picture('mine.png'), start: 0, frames: 9 });
    expect((await problemOf(stage.host.newSequence(plan))).code).toBe('host-range-occupied');
    expect(laid(stage)).toHaveLength(1);
  });

  test('boards that are not on this machine are told before anything is made', async () => {
    const stage = await stageWith();
    const plan = await tenBoards(stage, rate);
    const elsewhere = { ...plan, boards: [{ path: '/elsewhere/SH010.png', startFrame: 0, frames: 9 }] };
    expect((await problemOf(stage.host.newSequence(elsewhere))).code).toBe('board-missing');
    expect(stage.project.undoStack).toEqual([]);
  });

  test('an import that is lost is told with a name, and goes on at the next try', async () => {
    const stage = await stageWith({ importsLost: [true] });
    const plan = await tenBoards(stage, rate);
    const problem = await problemOf(stage.host.newSequence(plan));
    expect(problem).toMatchObject({ code: 'host-import-failed', retry: true });
    await stage.host.newSequence(plan);
    expect(laid(stage)).toEqual(asAsked(plan));
  });

  test('a transaction that is refused leaves the sequence empty, and the next try fills it', async () => {
    const stage = await stageWith();
    const plan = await tenBoards(stage, rate);
    // Settings, bin, lengths, layout: the fourth is refused.
    stage.sim.faults.transactionsRefused = [false, false, false, true];
    expect((await problemOf(stage.host.newSequence(plan))).message).toContain('did not lay out SQ010 boards');
    expect(laid(stage)).toEqual([]);
    await stage.host.newSequence(plan);
    expect(laid(stage)).toEqual(asAsked(plan));
  });

  test('stills whose length cannot be set at all are told by name', async () => {
    const stage = await stageWith({ stillGrid: 10_160_640_000n, inOutSettersFail: true });
    const plan = await tenBoards(stage, rate);
    const problem = await problemOf(stage.host.newSequence(plan));
    expect(problem.message).toMatch(/^Premiere laid SH0\d0(_[A-C])?\.png down with \d+ frames instead of \d+\.$/);
    // The next try mends them, and marks nothing twice.
    stage.sim.faults.inOutSettersFail = false;
    await stage.host.newSequence(plan);
    expect(laid(stage)).toEqual(asAsked(plan));
    const made = stage.project.sequences.find(({ name }) => name === plan.name);
    expect(made?.snapshot().markers.map(({ name }) => name)).toEqual(plan.markers.map(({ name }) => name));
  });

  test('a board that is no picture is told', async () => {
    const stage = await stageWith();
    const plan = await tenBoards(stage, rate);
    const [first] = plan.boards;
    await writeFile(first!.path, '');
    const told = problemOf(stage.host.newSequence(plan));
    while (stage.sim.modals.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stage.sim.user.dismissModal();
    expect((await told).message).toContain('SH010_A.png');
  });
});
