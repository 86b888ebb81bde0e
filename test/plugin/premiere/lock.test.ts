import type { Project } from '@adobe/premierepro';
import { transact } from '../../../plugin/premiere/lock';
import { clearMasters, newStage, problemOf, strike, type Stage } from './stage';

// strike() asserts after each test that the simulator saw no exception leave a lock, and no other hazard.
afterEach(strike);
afterAll(clearMasters);

async function open(): Promise<{
  stage: Stage;
  project: Project;
  bin: (name: string) => Parameters<typeof transact>[1]['actions'][number];
}> {
  const stage = await newStage();
  const project = await stage.sim.ppro.Project.getActiveProject();
  const root = await project.getRootItem();
  return { stage, project, bin: (name) => () => root.createBinAction(name, false) };
}

const fails = (): never => {
  throw new Error('Invalid parameter.');
};

describe('transact', () => {
  test('is one named Undo step for all its actions', async () => {
    const { stage, project, bin } = await open();
    expect(transact(project, { undoName: 'Two bins', actions: [bin('A'), bin('B')] })).toEqual({
      done: true,
      taken: 2,
    });
    expect(stage.project.undoStack).toEqual(['Two bins']);
  });

  test('an action that cannot be made stops everything, inside the lock', async () => {
    const { stage, project, bin } = await open();
    expect(transact(project, { undoName: 'x', actions: [bin('A'), fails] })).toEqual({
      done: false,
      why: 'threw',
      message: 'Invalid parameter.',
    });
    expect(stage.project.undoStack).toEqual([]);
  });

  test('an optional action that cannot be made is left out', async () => {
    const { stage, project, bin } = await open();
    expect(transact(project, { undoName: 'x', actions: [bin('A')], optional: [fails, bin('B')] })).toEqual({
      done: true,
      taken: 2,
    });
    expect(stage.project.bin().map((entry) => entry.path)).toEqual(expect.arrayContaining(['A/', 'B/']) as string[]);
  });

  test('a timeline that changed is left alone', async () => {
    const { stage, project, bin } = await open();
    const result = transact(project, { undoName: 'x', unchanged: () => false, actions: [bin('A')] });
    expect(result).toMatchObject({ done: false, why: 'changed' });
    expect(stage.project.undoStack).toEqual([]);
  });

  test('a look that throws is no change either', async () => {
    const { stage, project, bin } = await open();
    expect(transact(project, { undoName: 'x', unchanged: fails, actions: [bin('A')] })).toMatchObject({
      done: false,
      why: 'threw',
    });
    expect(stage.project.undoStack).toEqual([]);
  });

  test('both booleans are believed when they say no', async () => {
    const { stage, project, bin } = await open();
    stage.sim.faults.actionsRefused = [true];
    expect(transact(project, { undoName: 'x', actions: [bin('A'), bin('B')] })).toMatchObject({
      done: false,
      why: 'refused',
    });
    stage.sim.faults.transactionsRefused = [true];
    expect(transact(project, { undoName: 'x', actions: [bin('A')] })).toMatchObject({ done: false, why: 'refused' });
    stage.sim.faults.actionsRefused = [false, true];
    expect(transact(project, { undoName: 'x', actions: [bin('A'), bin('B')] })).toEqual({ done: true, taken: 1 });
  });

  test('a project that is gone is a result, not an exception', async () => {
    const { stage, project, bin } = await open();
    stage.sim.user.closeProject(stage.project);
    expect(transact(project, { undoName: 'x', actions: [bin('A')] })).toMatchObject({ done: false, why: 'threw' });
  });
});

test('a timeline that never comes to rest is left alone, and the artist is told to finish first', async () => {
  const stage = await newStage({ sequence: { videoTracks: 2 } });
  await stage.board('SH010.png', 24, 48);
  const title = await stage.picture('title.png');
  let at = 300;
  const edit = async (): Promise<void> => {
    at += 10;
    await stage.sim.user.addClip(stage.sequence, { path: title, start: at, frames: 10, track: 1 });
    again();
  };
  const again = (): void => stage.sim.user.during('Properties.getProperties', edit);
  again();
  const problem = await problemOf(stage.host.placeTake(await stage.take()));
  expect(problem).toMatchObject({ code: 'host-range-occupied', retry: true });
  expect(problem.action).toMatch(/Finish the edit/);
  expect(stage.lane(1).every((clip) => clip.startsWith('title'))).toBe(true);
});
