import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { clearMasters, newStage, problemOf, strike, type Stage, type StageOptions } from './stage';

afterEach(strike);
afterAll(clearMasters);

async function sequence(options: StageOptions = {}): Promise<Stage> {
  const stage = await newStage(options);
  await stage.board('SH010.png', 24, 48);
  return stage;
}

/** Every problem says what happened, what is safe, and one thing to do. */
function expectAdvice(problem: { message: string; safe: string; action: string }): void {
  for (const sentence of [problem.message, problem.safe, problem.action]) expect(sentence).toMatch(/^\S.{10,}\.$/s);
}

describe('importing', () => {
  test('items that register late are waited for', async () => {
    const stage = await sequence({ faults: { importDelayMs: 2600 } });
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ status: 'placed' });
  });

  test('an import that is answered with false but happens is an import', async () => {
    const stage = await sequence({ faults: { importsDenied: [true] } });
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ status: 'placed' });
  });

  test('an import that is answered with true but never happens is told, and Retry works', async () => {
    const stage = await sequence({ faults: { importsLost: [true] } });
    const problem = await problemOf(stage.host.placeTake(await stage.take()));
    expect(problem).toMatchObject({ code: 'host-import-failed', retry: true });
    expectAdvice(problem);
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ status: 'placed' });
  });

  test('an item that registers after all patience is found by Retry, not imported again', async () => {
    const stage = await sequence({ faults: { importDelayMs: 9000 } });
    expect(await problemOf(stage.host.placeTake(await stage.take()))).toMatchObject({ code: 'host-import-failed' });
    await stage.sim.clock.sleep(9000);
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ status: 'placed' });
    expect(stage.bin()).toHaveLength(2);
  });

  test('a missing, an empty and an unknown file never reach Premiere', async () => {
    const stage = await sequence();
    const take = await stage.take();
    await rm(take.path);
    const missing = await problemOf(stage.host.placeTake(take));
    await writeFile(take.path, '');
    const empty = await problemOf(stage.host.placeTake(take));
    const avi = await problemOf(
      stage.host.placeTake({ ...take, path: path.join(stage.folder, 'SH010_t01_job-0001.avi') }),
    );
    for (const problem of [missing, empty, avi]) {
      expect(problem.code).toBe('host-import-failed');
      expectAdvice(problem);
    }
    expect(stage.sim.calls).not.toContain('Project.importFiles');
    expect(stage.project.undoStack).toEqual([]);
  });

  test('a clip that Premiere cannot open: the dialog is not waited for without end, and other work goes on', async () => {
    const stage = await sequence();
    const take = await stage.take();
    await writeFile(take.path, 'this is no film');
    const problem = await problemOf(stage.host.placeTake(take));
    expect(problem.action).toMatch(/dialog/);
    expect(stage.sim.modals).toHaveLength(1);
    expect(await stage.host.placedTakes(stage.ref)).toEqual([]);
    stage.sim.user.dismissModal();
  });

  test('a runtime that may not look at the clip leaves the judgement to Premiere', async () => {
    const denied = (): Promise<never> => Promise.reject(new Error('Permission denied'));
    const stage = await sequence({ files: { exists: denied, size: denied } });
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ status: 'placed' });
  });

  test('a clip of another length than its shot is not laid over the neighbour', async () => {
    const stage = await sequence({ sequence: { videoTracks: 2 } });
    await stage.board('title.png', 72, 24, { track: 1 });
    const take = await stage.take({ path: await stage.clip('SH010_t01_job-0001.mov', 60) });
    const problem = await problemOf(stage.host.placeTake(take));
    expect(problem.message).toContain('60 frames');
    expectAdvice(problem);
    expect(stage.lane(1)).toEqual(['title.png 72+24']);
  });

  test('the bin is looked up before it is made', async () => {
    const stage = await sequence();
    stage.project.addBin('Animatics');
    await stage.host.placeTake(await stage.take());
    expect(stage.bin()).toEqual(['Animatics/', 'Animatics/SH010_t01_job-0001.mov']);
    expect(stage.project.undoStack).toEqual(['Animate SH010 (take 1)']);
  });

  test('a bin that cannot be made is told', async () => {
    const stage = await sequence({ faults: { actionsRefused: [true] } });
    const problem = await problemOf(stage.host.placeTake(await stage.take()));
    expect(problem).toMatchObject({ code: 'host-import-failed', retry: true });
    expect(problem.action).toContain('"Animatics"');
    expectAdvice(problem);
  });
});

describe('placing', () => {
  test('a host that makes no track: add one, then Retry', async () => {
    const stage = await sequence({ faults: { insertMakesNoTrack: true } });
    const problem = await problemOf(stage.host.placeTake(await stage.take()));
    expect(problem).toMatchObject({ code: 'host-track-missing', retry: true });
    expect(problem.action).toMatch(/Add a video track/);
    expectAdvice(problem);
    stage.sim.user.addTrack(stage.sequence);
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({
      status: 'placed',
      placement: { trackIndex: 1 },
    });
    expect(stage.bin()).toHaveLength(2);
  });

  test.each([
    ['transaction', { transactionsRefused: [false, true] }],
    ['action', { actionsRefused: [false, true] }],
  ])('a refused %s leaves the timeline as it was', async (_what, faults) => {
    const stage = await sequence({ sequence: { videoTracks: 2 }, faults });
    const before = stage.layout();
    const problem = await problemOf(stage.host.placeTake(await stage.take()));
    expect(problem).toMatchObject({ code: 'host-transaction-failed', retry: true });
    expectAdvice(problem);
    expect(stage.layout()).toBe(before);
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ status: 'placed' });
  });

  test('a refused second action leaves the older take shown; the new one counts', async () => {
    const stage = await sequence();
    await stage.host.placeTake(await stage.take());
    stage.sim.faults.actionsRefused = [false, true];
    expect(await stage.host.placeTake(await stage.take({ jobId: 'job-0002', take: 2 }))).toMatchObject({
      status: 'placed',
    });
    expect([stage.lane(1), stage.lane(2)]).toEqual([
      ['SH010_t01_job-0001.mov 24+48'],
      ['SH010_t02_job-0002.mov 24+48'],
    ]);
  });

  test('no project, and no sequence', async () => {
    const stage = await sequence();
    const take = await stage.take();
    stage.sim.user.closeProject(stage.project);
    for (const attempt of [stage.host.placeTake(take), stage.host.readSequence(), stage.host.placedTakes(stage.ref)]) {
      const problem = await problemOf(attempt);
      expect(problem).toMatchObject({ code: 'host-unavailable', retry: true });
      expectAdvice(problem);
    }
    stage.sim.addProject({ name: 'Empty.prproj' });
    expect(await problemOf(stage.host.readSequence())).toMatchObject({
      message: expect.stringContaining('No sequence') as string,
    });
  });

  test('one take in trouble does not stop the next', async () => {
    const stage = await sequence({ faults: { importsLost: [true] } });
    await stage.board('SH020.png', 72, 36);
    const results = await Promise.allSettled([
      stage.host.placeTake(await stage.take()),
      stage.host.placeTake(await stage.take({ shotName: 'SH020', jobId: 'job-0002', startFrame: 72, frames: 36 })),
    ]);
    expect(results.map((r) => r.status)).toEqual(['rejected', 'fulfilled']);
  });
});
