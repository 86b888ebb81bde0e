import { clearMasters, newStage, problemOf, strike, type Stage, type StageOptions } from './stage';

afterEach(strike);
afterAll(clearMasters);

async function sequence(options: StageOptions = {}): Promise<Stage> {
  const stage = await newStage({ sequence: { videoTracks: 2 }, ...options });
  await stage.board('SH010.png', 24, 48);
  await stage.board('SH020.png', 72, 36);
  return stage;
}

describe('the artist edits while a take is on its way', () => {
  test('a moved board is followed', async () => {
    const stage = await sequence();
    const take = await stage.take();
    stage.sim.user.during('Project.importFiles', () =>
      stage.sim.user.move(stage.sequence.clip('SH010.png'), { frame: 200 }),
    );
    expect(await stage.host.placeTake(take)).toMatchObject({
      status: 'placed',
      placement: { startFrame: 200 },
      movedBy: 176,
    });
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 200+48']);
  });

  test('a board moved to another track is followed up there', async () => {
    const stage = await sequence();
    stage.sim.user.move(stage.sequence.clip('SH010.png'), { frame: 24, track: 1 });
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ placement: { trackIndex: 2 }, movedBy: 0 });
  });

  test('a renamed board is known by its file', async () => {
    const stage = await sequence();
    stage.sim.user.rename(stage.sequence.clip('SH010.png'), 'SH011 now with feeling');
    expect(await stage.host.placeTake(await stage.take({ boards: ['SH010.png'] }))).toMatchObject({ status: 'placed' });
  });

  test.each([
    [
      'trimmed',
      (s: Stage) => s.sim.user.trim(s.sequence.clip('SH010.png'), { endFrame: 60 }),
      /36 frames long now.*made for 48/,
    ],
    ['deleted', (s: Stage) => s.sim.user.delete(s.sequence.clip('SH010.png')), /no longer on this sequence/],
    [
      'disabled',
      (s: Stage) => s.sim.user.setEnabled(s.sequence.clip('SH010.png'), false),
      /no longer on this sequence/,
    ],
  ])('a %s board leaves its take in the bin, and says so', async (_how, edit, message) => {
    const stage = await sequence();
    const take = await stage.take();
    stage.sim.user.during('Project.importFiles', () => edit(stage));
    const outcome = await stage.host.placeTake(take);
    expect(outcome).toMatchObject({ status: 'kept-in-bin', problem: { code: 'host-board-changed' } });
    if (outcome.status === 'kept-in-bin') {
      expect(outcome.problem.message).toMatch(message);
      expect(outcome.problem.action).not.toBe('');
    }
    expect(stage.lane(1)).toEqual([]);
    expect(stage.bin()).toContain('Animatics/SH010_t01_job-0001.mov');
  });

  test('another board of the same length in its place gets no take of it', async () => {
    const stage = await sequence();
    await stage.board('SH099.png', 24, 48);
    expect(await stage.host.placeTake(await stage.take({ boards: ['SH010.png'] }))).toMatchObject({
      status: 'kept-in-bin',
    });
    expect(stage.lane(1)).toEqual([]);
  });

  test('a cut through the board that keeps its length does not matter', async () => {
    const stage = await sequence();
    stage.sim.user.razor(stage.sequence.clip('SH010.png'), 40);
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({
      status: 'placed',
      placement: { startFrame: 24, frames: 48 },
    });
  });

  test('a clip dropped on the free track between looking and placing is not overwritten', async () => {
    const stage = await sequence();
    const title = await stage.picture('title.png');
    stage.sim.user.during(
      'Properties.getProperties',
      () => stage.sim.user.addClip(stage.sequence, { path: title, start: 30, frames: 10, track: 1 }),
      4,
    );
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({
      status: 'placed',
      placement: { trackIndex: 2 },
    });
    expect(stage.lane(1)).toEqual(['title.png 30+10']);
  });

  test('a clip dragged over the free range between looking and placing is not overwritten', async () => {
    const stage = await sequence();
    await stage.board('title.png', 300, 10, { track: 1 });
    stage.sim.user.during(
      'Properties.getProperties',
      () => stage.sim.user.move(stage.sequence.clip('title.png'), { frame: 30 }),
      4,
    );
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({
      status: 'placed',
      placement: { trackIndex: 2 },
    });
    expect(stage.lane(1)).toEqual(['title.png 30+10']);
  });

  test('whatever they do at whatever moment, no clip of theirs is cut and no take is placed twice', async () => {
    let moments = 0;
    for (let nth = 1; ; nth += 1) {
      const stage = await sequence();
      const title = await stage.board('title.png', 300, 10, { track: 1 });
      const acts = { done: 0 };
      stage.sim.user.during(
        'TrackItem.getStartTime',
        () => {
          acts.done += 1;
          stage.sim.user.move(title, { frame: 40 });
        },
        nth,
      );
      await stage.host.placeTake(await stage.take());
      if (acts.done === 0) break;
      moments += 1;
      await stage.host.placeTake(await stage.take());
      const lanes = [1, 2].map((index) => stage.lane(index));
      expect(lanes[0]).toContain('title.png 40+10');
      // Above the title, whole; or placed first and then cut by the artist's own clip; never on both.
      expect([
        [['title.png 40+10'], ['SH010_t01_job-0001.mov 24+48']],
        [['SH010_t01_job-0001.mov 24+16', 'title.png 40+10', 'SH010_t01_job-0001.mov 50+22'], []],
      ]).toContainEqual(lanes);
      await strike();
    }
    expect(moments).toBeGreaterThan(4);
  });

  test('a take that is not where it was put is told with the Undo that helps, and not placed again', async () => {
    const stage = await sequence();
    const drag = (): void => stage.sim.user.move(stage.sequence.clip('SH010_t01_job-0001.mov'), { frame: 30 });
    // Read for idempotency, read for the plan, read back.
    stage.sim.user.during('Sequence.getVideoTrackCount', drag, 3);
    const problem = await problemOf(stage.host.placeTake(await stage.take()));
    expect(problem).toMatchObject({ code: 'host-transaction-failed', retry: true });
    expect(problem.message).toContain('begins at frame 30 instead of 24');
    expect(problem.safe).toContain('"Animate SH010 (take 1)"');
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ status: 'already-placed', movedBy: 6 });
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 30+48']);
  });

  test('a sequence set to another rate keeps the take in the bin', async () => {
    const stage = await sequence();
    const request = { ...(await stage.take()), rate: { num: 25, den: 1 } };
    const outcome = await stage.host.placeTake(request);
    expect(outcome).toMatchObject({
      status: 'kept-in-bin',
      problem: { message: expect.stringMatching(/23\.976 fps now.*for 25/) as string },
    });
  });
});

describe('project and sequence', () => {
  test.each([
    ['before', 0],
    ['in the middle', 1],
  ])('a switch of projects %s stops the placing, and nothing lands elsewhere', async (_when, nth) => {
    const stage = await sequence();
    const take = await stage.take();
    const other = stage.sim.addProject({ name: 'Other.prproj' });
    const there = other.addSequence({ name: 'Storyboard' });
    await there.addStill({ path: await stage.picture('SH010.png'), start: 24, frames: 48 });
    if (nth > 0) {
      stage.sim.user.switchProject(stage.project);
      stage.sim.user.during('Project.importFiles', () => stage.sim.user.switchProject(other));
    }
    const problem = await problemOf(stage.host.placeTake(take));
    expect(problem).toMatchObject({ code: 'host-project-changed', retry: true });
    expect(problem.message).toContain('Other.prproj');
    expect(there.snapshot().video).toHaveLength(1);
    expect(other.bin().some((entry) => entry.path.startsWith('Animatics'))).toBe(false);
    stage.sim.user.switchProject(stage.project);
    expect(await stage.host.placeTake(take)).toMatchObject({ status: 'placed' });
    expect(stage.bin()).toHaveLength(2);
  });

  test('a project closed in the middle', async () => {
    const stage = await sequence();
    stage.sim.user.during('Project.importFiles', () => stage.sim.user.closeProject(stage.project));
    expect(await problemOf(stage.host.placeTake(await stage.take()))).toMatchObject({
      code: 'host-unavailable',
      retry: true,
    });
  });

  test('a deleted sequence, found again after Undo', async () => {
    const stage = await sequence();
    const take = await stage.take();
    stage.project.addSequence({ name: 'Other' });
    stage.sim.user.deleteSequence(stage.sequence);
    const problem = await problemOf(stage.host.placeTake(take));
    expect(problem).toMatchObject({ code: 'host-sequence-gone' });
    expect(problem.action).toMatch(/Undo/);
    stage.sim.user.undo();
    expect(await stage.host.placeTake(take)).toMatchObject({ status: 'placed' });
  });
});
