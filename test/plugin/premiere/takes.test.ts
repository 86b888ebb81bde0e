import type { HostEvent } from '../../../plugin/premiere';
import { clearMasters, newStage, problemOf, strike, type Stage } from './stage';

afterEach(strike);
afterAll(clearMasters);

/** SH010 with two takes, the second shown. */
async function twoTakes(): Promise<Stage> {
  const stage = await newStage();
  await stage.board('SH010.png', 24, 48);
  await stage.host.placeTake(await stage.take());
  await stage.host.placeTake(await stage.take({ jobId: 'job-0002', take: 2 }));
  return stage;
}

describe('takes on the timeline', () => {
  test('are listed with where they are now', async () => {
    const stage = await twoTakes();
    stage.sim.user.move(stage.sequence.clip('SH010_t02_job-0002.mov'), { frame: 30 });
    const takes = await stage.host.placedTakes(stage.ref);
    expect(
      takes.map(({ jobId, shotName, take, trackIndex, startFrame, frames, enabled }) => [
        jobId,
        shotName,
        take,
        trackIndex,
        startFrame,
        frames,
        enabled,
      ]),
    ).toEqual([
      ['job-0001', 'SH010', 1, 1, 24, 48, false],
      ['job-0002', 'SH010', 2, 2, 30, 48, true],
    ]);
  });

  test('what Undo took away is absent, and what Redo brought back is there', async () => {
    const stage = await twoTakes();
    stage.sim.user.undo();
    expect((await stage.host.placedTakes(stage.ref)).map((t) => [t.jobId, t.enabled])).toEqual([['job-0001', true]]);
    stage.sim.user.redo();
    expect((await stage.host.placedTakes(stage.ref)).map((t) => [t.jobId, t.enabled])).toEqual([
      ['job-0001', false],
      ['job-0002', true],
    ]);
  });

  test('one is used in place of the other, in one Undo step, and not twice', async () => {
    const stage = await twoTakes();
    await stage.host.useTake(stage.ref, 'job-0001');
    await stage.host.useTake(stage.ref, 'job-0001');
    expect([stage.lane(1), stage.lane(2)]).toEqual([
      ['SH010_t01_job-0001.mov 24+48'],
      ['SH010_t02_job-0002.mov 24+48 off'],
    ]);
    expect(stage.project.undoStack.slice(-2)).toEqual(['Animate SH010 (take 2)', 'Use SH010 (take 1)']);
    stage.sim.user.undo();
    expect(stage.lane(2)).toEqual(['SH010_t02_job-0002.mov 24+48']);
  });

  test('are shown and hidden, each in one Undo step', async () => {
    const stage = await twoTakes();
    await stage.host.setTakeEnabled(stage.ref, 'job-0002', false);
    await stage.host.setTakeEnabled(stage.ref, 'job-0002', false);
    expect(stage.lane(2)).toEqual(['SH010_t02_job-0002.mov 24+48 off']);
    expect(stage.project.undoStack.at(-1)).toBe('Hide SH010 (take 2)');
  });

  test('approval is a colour of the project item', async () => {
    const stage = await twoTakes();
    const label = (): number | undefined => stage.project.bin().find((e) => e.path.endsWith('job-0001.mov'))?.label;
    const seen = [label()];
    for (const mark of ['approved', 'rejected', 'open'] as const) {
      await stage.host.labelTake(stage.ref, 'job-0001', mark);
      seen.push(label());
    }
    expect(new Set(seen.slice(1)).size).toBe(3);
    expect(stage.project.undoStack.at(-3)).toBe('Mark SH010 (take 1) approved');
  });

  test('an unknown or deleted take is told', async () => {
    const stage = await twoTakes();
    stage.sim.user.delete(stage.sequence.clip('SH010_t02_job-0002.mov'));
    for (const attempt of [
      stage.host.useTake(stage.ref, 'job-0002'),
      stage.host.labelTake(stage.ref, 'nobody', 'approved'),
    ]) {
      expect(await problemOf(attempt)).toMatchObject({ code: 'not-found' });
    }
  });

  test('a refused edit is told and changes nothing', async () => {
    const stage = await twoTakes();
    const before = stage.layout();
    stage.sim.faults.transactionsRefused = [true];
    expect(await problemOf(stage.host.useTake(stage.ref, 'job-0001'))).toMatchObject({
      code: 'host-transaction-failed',
      retry: true,
    });
    expect(stage.layout()).toBe(before);
  });
});

/** Events are delivered after the call that caused them. */
const delivered = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('events', () => {
  test('arrive as hints, until unsubscribed', async () => {
    const stage = await newStage();
    const board = await stage.board('SH010.png', 24, 48);
    const heard: HostEvent[] = [];
    const stop = stage.host.subscribe((event) => heard.push(event));
    stage.sim.user.select(board);
    const other = stage.project.addSequence({ name: 'Other' });
    stage.sim.user.switchSequence(other);
    stage.sim.user.rename(board, 'SH010 push in');
    await stage.host.placeTake(await stage.take());
    stage.sim.addProject();
    await delivered();
    expect(new Set(heard)).toEqual(new Set(['selection', 'sequence', 'edit', 'import', 'project']));
    stop();
    stop();
    const count = heard.length;
    stage.sim.user.switchProject(stage.project);
    stage.sim.user.select(board);
    await delivered();
    expect(heard).toHaveLength(count);
  });

  test("a handler's exception never reaches Premiere", async () => {
    const stage = await newStage();
    const board = await stage.board('SH010.png', 24, 48);
    const heard: HostEvent[] = [];
    stage.host.subscribe(() => {
      throw new Error('a bug in the panel');
    });
    stage.host.subscribe((event) => heard.push(event));
    stage.sim.user.select(board);
    await delivered();
    expect(heard).toEqual(['selection']);
  });
});
