/** Takes that follow their boards, leave the timeline, and what is kept with a sequence. */
import { clearMasters, newStage, problemOf, strike, type Stage } from './stage';

afterEach(strike);
afterAll(clearMasters);

/** SH010 from frame 24, 48 long, with one take; SH020 after it with one too. */
async function scene(): Promise<Stage> {
  const stage = await newStage();
  await stage.board('SH010.png', 24, 48);
  await stage.host.placeTake(await stage.take());
  return stage;
}

const board = (stage: Stage) => stage.sequence.clip('SH010.png');

describe('a take follows its board', () => {
  test('where the board was moved, far or by less than its length, in one Undo step', async () => {
    for (const to of [200, 30, 0]) {
      const stage = await scene();
      stage.sim.user.move(board(stage), { frame: to });
      await stage.host.relayTake(stage.ref, 'job-0001', { startFrame: to, frames: 48 });
      const takes = await stage.host.placedTakes(stage.ref);
      expect(takes.map(({ startFrame, frames, enabled }) => [startFrame, frames, enabled])).toEqual([[to, 48, true]]);
      expect(stage.project.undoStack.at(-1)).toBe('Move SH010 (take 1) to its board');
      stage.sim.user.undo();
      expect((await stage.host.placedTakes(stage.ref)).map(({ startFrame }) => startFrame)).toEqual([24]);
    }
  });

  test('where the board was trimmed at its end, at its head, and where it was moved as well', async () => {
    const cases = [
      [{ endFrame: 60 }, { startFrame: 24, frames: 36 }],
      [{ startFrame: 40 }, { startFrame: 40, frames: 32 }],
    ] as const;
    for (const [trim, target] of cases) {
      const stage = await scene();
      stage.sim.user.trim(board(stage), trim);
      await stage.host.relayTake(stage.ref, 'job-0001', target);
      const clip = stage.sequence
        .snapshot()
        .video.slice(1)
        .flatMap((track) => track.items)[0]!;
      // It plays from its own first frame, whichever end of the board was cut.
      expect([clip.startFrame, clip.frames, clip.inPoint]).toEqual([target.startFrame, target.frames, 0n]);
    }
    const stage = await scene();
    stage.sim.user.move(board(stage), { frame: 100 });
    stage.sim.user.trim(board(stage), { endFrame: 130 });
    await stage.host.relayTake(stage.ref, 'job-0001', { startFrame: 100, frames: 30 });
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 100+30']);
  });

  test("never onto anybody's clip: it goes to a track that is free", async () => {
    const stage = await scene();
    await stage.board('title.png', 210, 20, { track: 1, clipName: 'title' });
    stage.sim.user.move(board(stage), { frame: 200 });
    await stage.host.relayTake(stage.ref, 'job-0001', { startFrame: 200, frames: 48 });
    expect(stage.lane(1)).toEqual(['title 210+20']);
    expect(stage.lane(2)).toEqual(['SH010_t01_job-0001.mov 200+48']);
  });

  test('a longer one does not grow over its neighbour', async () => {
    const stage = await scene();
    await stage.host.relayTake(stage.ref, 'job-0001', { startFrame: 24, frames: 20 });
    await stage.board('title.png', 50, 20, { track: 1, clipName: 'title' });
    const problem = await problemOf(stage.host.relayTake(stage.ref, 'job-0001', { startFrame: 24, frames: 48 }));
    expect(problem.code).toBe('host-transaction-failed');
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 24+20', 'title 50+20']);
  });
});

test('a trimmed take that moves covers nobody with the rest of its clip', async () => {
  const stage = await scene();
  await stage.host.relayTake(stage.ref, 'job-0001', { startFrame: 24, frames: 20 });
  await stage.board('title.png', 130, 20, { track: 1, clipName: 'title' });
  await stage.host.relayTake(stage.ref, 'job-0001', { startFrame: 100, frames: 20 });
  expect(stage.lane(1)).toEqual(['title 130+20']);
  expect(stage.lane(2)).toEqual(['SH010_t01_job-0001.mov 100+20']);
});

test('a host that does not trim is found out', async () => {
  const stage = await scene();
  stage.sim.faults.inOutSettersFail = true;
  expect(await problemOf(stage.host.relayTake(stage.ref, 'job-0001', { startFrame: 24, frames: 30 }))).toMatchObject({
    code: 'host-transaction-failed',
  });
  expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 24+48']);
});

test('a take leaves the timeline in one Undo step and stays in the bin; nothing else is selected for it', async () => {
  const stage = await scene();
  stage.sim.user.select(board(stage));
  const before = stage.layout();
  await stage.host.removeTake(stage.ref, 'job-0001');
  expect([stage.lane(0), stage.lane(1)]).toEqual([['SH010.png 24+48'], []]);
  expect(stage.bin()).toContain('Animatics/SH010_t01_job-0001.mov');
  expect(await problemOf(stage.host.removeTake(stage.ref, 'job-0001'))).toMatchObject({ code: 'not-found' });
  stage.sim.user.undo();
  expect(stage.layout()).toBe(before);
});

describe('the timeline in one reading', () => {
  test('shots, selection, takes with their colours, and what is set', async () => {
    const stage = await scene();
    await stage.board('SH020.png', 72, 24);
    await stage.host.labelTake(stage.ref, 'job-0001', 'approved');
    stage.sim.user.select(stage.sequence.clip('SH020.png'));
    const view = await stage.host.readTimeline();
    expect(view.reading.shots.map(({ draft }) => draft.name)).toEqual(['SH010', 'SH020']);
    expect(view.selected).toEqual(['SH020']);
    expect(view.takes.map(({ jobId, label }) => [jobId, label])).toEqual([['job-0001', 'approved']]);
    expect(view.sheet).toEqual({ v: 1, shots: {} });
  });

  test('a colour that somebody else gave is no verdict', async () => {
    const stage = await scene();
    expect((await stage.host.readTimeline()).takes[0]?.label).toBe('open');
    await stage.host.labelTake(stage.ref, 'job-0001', 'rejected');
    expect((await stage.host.readTimeline()).takes[0]?.label).toBe('rejected');
    stage.sim.user.undo();
    expect((await stage.host.readTimeline()).takes[0]?.label).toBe('open');
  });

  test('shots chosen in the panel are selected on the timeline, and nothing else', async () => {
    const stage = await scene();
    await stage.board('SH020.png', 72, 24);
    await stage.board('SH030.png', 96, 24);
    stage.sim.user.select(stage.sequence.clip('SH030.png'));
    const undo = stage.project.undoStack.length;
    await stage.host.selectShots(stage.ref, ['SH010', 'SH020']);
    expect((await stage.host.readTimeline()).selected).toEqual(['SH010', 'SH020']);
    await stage.host.selectShots(stage.ref, []);
    expect((await stage.host.readTimeline()).selected).toEqual([]);
    expect(stage.project.undoStack).toHaveLength(undo);
  });
});

test('what is set for shots travels with the sequence, is undone step by step, and survives damage as nothing set', async () => {
  const stage = await scene();
  const set = (engine: 'parallax' | 'diffusion') =>
    stage.host.changeSheet(stage.ref, `Choose ${engine}`, (sheet) => ({
      ...sheet,
      shots: { ...sheet.shots, SH010: { ...sheet.shots['SH010'], engine } },
    }));
  await set('parallax');
  await set('diffusion');
  expect(stage.project.undoStack.slice(-2)).toEqual(['Choose parallax', 'Choose diffusion']);
  stage.sim.user.undo();
  expect((await stage.newHost().readTimeline()).sheet.shots).toEqual({ SH010: { engine: 'parallax' } });
  stage.sim.user.undo();
  expect((await stage.host.readTimeline()).sheet.shots).toEqual({});
  stage.sim.faults.propertiesReadOnly = true;
  expect(await problemOf(set('parallax'))).toMatchObject({ code: 'host-transaction-failed' });
});
