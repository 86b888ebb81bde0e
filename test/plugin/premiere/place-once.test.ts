import { InbetweenError } from '../../../shared/problem';
import { clearMasters, newStage, strike, type Stage, type StageOptions } from './stage';

afterEach(strike);
afterAll(clearMasters);

async function sequence(options: StageOptions = {}): Promise<Stage> {
  const stage = await newStage(options);
  await stage.board('SH010.png', 24, 48);
  return stage;
}

const TAKE = 'SH010_t01_job-0001.mov 24+48';

/** Stops the panel at the nth call of a name from now on: the promise never settles, as when Premiere quits. */
function dies(stage: Stage, call: string, nth = 1): Promise<void> {
  return new Promise((reached) => {
    stage.sim.user.during(
      call,
      () => {
        reached();
        return new Promise<void>(() => undefined);
      },
      nth,
    );
  });
}

describe('placing is done once', () => {
  test('when asked twice in a row, and at the same time', async () => {
    const stage = await sequence();
    const take = await stage.take();
    const outcomes = await Promise.all([stage.host.placeTake(take), stage.host.placeTake(take)]);
    expect(outcomes.map((o) => o.status)).toEqual(['placed', 'already-placed']);
    expect(await stage.newHost().placeTake(take)).toMatchObject({
      status: 'already-placed',
      placement: { trackIndex: 1, startFrame: 24, frames: 48 },
      movedBy: 0,
    });
    expect(stage.lane(1)).toEqual([TAKE]);
    expect(stage.bin()).toHaveLength(2);
    expect(stage.project.undoStack).toHaveLength(2);
  });

  test('when the panel died between import and placing', async () => {
    const stage = await sequence();
    const take = await stage.take();
    stage.sim.faults.importDelayMs = 0;
    // The host answers the import; the panel never hears what comes after it.
    const gone = dies(stage, 'Properties.getProperties', 4);
    void stage.host.placeTake(take);
    await gone;
    expect(stage.bin()).toContain('Animatics/SH010_t01_job-0001.mov');
    expect(stage.lane(1)).toEqual([]);
    expect(await stage.newHost().placeTake(take)).toMatchObject({ status: 'placed' });
    expect(stage.bin()).toHaveLength(2);
    expect(stage.lane(1)).toEqual([TAKE]);
  });

  test('when the panel died right after placing, before it could read back', async () => {
    const stage = await sequence({ sequence: { videoTracks: 2 } });
    const take = await stage.take();
    stage.sim.user.during('Project.importFiles', () => {
      // From the import on: the reading for the plan, then the one that would confirm.
      void dies(stage, 'Sequence.getVideoTrackCount', 2);
    });
    void stage.host.placeTake(take);
    while (stage.lane(1).length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await stage.newHost().placeTake(take)).toMatchObject({ status: 'already-placed' });
    expect(stage.lane(1)).toEqual([TAKE]);
  });

  test('when the ledger cannot be written, or was lost', async () => {
    const stage = await sequence({ faults: { propertiesReadOnly: true } });
    const take = await stage.take();
    expect(await stage.host.placeTake(take)).toMatchObject({ status: 'placed' });
    expect(stage.sequence.snapshot().properties).toEqual({});
    expect(await stage.newHost().placeTake(take)).toMatchObject({ status: 'already-placed' });
    expect((await stage.host.placedTakes(stage.ref)).map((t) => t.jobId)).toEqual(['job-0001']);
  });

  test('a lost ledger mends itself with the next take', async () => {
    const stage = await sequence({ faults: { propertiesReadOnly: true } });
    await stage.host.placeTake(await stage.take());
    stage.sim.faults.propertiesReadOnly = false;
    await stage.host.placeTake(await stage.take({ jobId: 'job-0002', take: 2 }));
    expect(String(stage.sequence.snapshot().properties['inbetween.ledger'])).toMatch(/job-0001.*job-0002/);
  });

  test('when the clip was renamed on the timeline and its item moved to another bin', async () => {
    const stage = await sequence();
    const take = await stage.take();
    await stage.host.placeTake(take);
    stage.sim.user.rename(stage.sequence.clip('SH010_t01_job-0001.mov'), 'hero shot');
    stage.sim.user.renameItem(stage.project, 'Animatics', 'My takes');
    expect(await stage.newHost().placeTake(take)).toMatchObject({ status: 'already-placed' });
  });

  test('when the disk with the clips is away', async () => {
    const stage = await sequence();
    const take = await stage.take();
    await stage.host.placeTake(take);
    stage.sim.user.takeOffline(stage.project, 'SH010_t01_job-0001.mov');
    expect(await stage.newHost().placeTake(take)).toMatchObject({
      status: 'already-placed',
      placement: { name: 'SH010_t01_job-0001.mov' },
    });
    expect(stage.lane(1)).toEqual([TAKE]);
  });

  test('when the host said no although it placed, and when it says no at first', async () => {
    const stage = await sequence({ sequence: { videoTracks: 2 } });
    stage.project.addBin('Animatics');
    stage.sim.faults.transactionsRefused = [true];
    await expect(stage.host.placeTake(await stage.take())).rejects.toBeInstanceOf(InbetweenError);
    expect(stage.lane(1)).toEqual([]);
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ status: 'placed' });
    expect(stage.bin()).toHaveLength(2);
  });

  test('a take that the artist trimmed is left so, and said to be', async () => {
    const stage = await sequence();
    const take = await stage.take();
    await stage.host.placeTake(take);
    stage.sim.user.trim(stage.sequence.clip('SH010_t01_job-0001.mov'), { endFrame: 60 });
    const again = await stage.host.placeTake(take);
    expect(again).toMatchObject({
      status: 'already-placed',
      placement: { frames: 36 },
      note: { code: 'host-board-changed' },
    });
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 24+36']);
  });

  test("an artist's clip of a take-like name is not taken for ours", async () => {
    const stage = await sequence({ sequence: { videoTracks: 2 } });
    const own = await stage.clip('SH010_t03_comp-final.mov', 48);
    await stage.sequence.addClip({ path: own, start: 24, track: 1 });
    expect(await stage.host.placedTakes(stage.ref)).toEqual([]);
    await stage.host.placeTake(await stage.take());
    expect(stage.lane(1)).toEqual(['SH010_t03_comp-final.mov 24+48']);
    expect(stage.lane(2)).toEqual([TAKE]);
  });
});
