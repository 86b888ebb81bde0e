/** Takes with handles: laid down as long as their shots, to the tick, with more to be trimmed open; and takes that are deleted. */
import { framesToTicks, RATES } from '../../../shared/shot';
import { clearMasters, newStage, problemOf, strike, type Stage, type StageOptions } from './stage';

afterEach(strike);
afterAll(clearMasters);

const HANDLES = { before: 8, after: 12 };

/** SH010 at frame 24 for 48 frames, neighbours on both sides that a clip laid down whole would cover. */
async function sequence(options: StageOptions = {}): Promise<Stage> {
  const stage = await newStage(options);
  await stage.board('SH010.png', 24, 48);
  await stage.board('SH020.png', 72, 36);
  return stage;
}

async function take(stage: Stage, jobId = 'job-0001', number = 1) {
  const name = `SH010_t0${number}_${jobId}.mov`;
  return stage.take({ jobId, take: number, path: await stage.clip(name, 8 + 48 + 12), handles: HANDLES });
}

const clipOn = (stage: Stage) =>
  stage.sequence
    .snapshot()
    .video.slice(1)
    .flatMap(({ items }) => items)[0];

describe('a take with handles', () => {
  test.each(Object.entries(RATES))(
    'lies exactly on its shot at %s fps, its in point behind its handle',
    async (_, rate) => {
      const stage = await sequence({ sequence: { rate } });
      await stage.host.placeTake(
        await stage.take({ shotName: 'SH020', jobId: 'job-0002', startFrame: 72, frames: 36 }),
      );
      expect(await stage.host.placeTake(await take(stage))).toMatchObject({
        status: 'placed',
        placement: { trackIndex: 1, startFrame: 24, frames: 48 },
      });
      const clip = clipOn(stage);
      expect([clip?.start, clip?.end, clip?.inPoint]).toEqual([24, 72, 8].map((frame) => framesToTicks(frame, rate)));
      expect(stage.lane(1)[1]).toBe('SH020_t01_job-0002.mov 72+36');
      expect(stage.project.undoStack.slice(-2)).toEqual([
        'Set the handles of SH010 (take 1)',
        'Animate SH010 (take 1)',
      ]);
    },
  );

  test('is laid down again after an Undo of everything, and its points are set once', async () => {
    const stage = await sequence();
    const request = await take(stage);
    await stage.host.placeTake(request);
    stage.sim.user.undo();
    await stage.host.placeTake(request);
    expect(stage.project.undoStack.filter((name) => name.startsWith('Set the handles'))).toHaveLength(1);
    stage.sim.user.undo();
    stage.sim.user.undo();
    await stage.host.placeTake(request);
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 24+48']);
    expect(clipOn(stage)?.inPoint).toBe(framesToTicks(8, stage.rate));
  });

  test('is not laid down where Premiere does not set its points: it would cover its neighbours', async () => {
    const stage = await sequence({ faults: { stillGrid: 5n * framesToTicks(1, RATES['23.976']) } });
    const before = stage.layout();
    expect(await problemOf(stage.host.placeTake(await take(stage)))).toMatchObject({
      code: 'host-import-failed',
      action: expect.stringContaining('set the handles to 0') as string,
    });
    expect(stage.layout()).toBe(before);
  });

  test('opens to a longer board out of its handle, moved or not', async () => {
    for (const startFrame of [24, 200]) {
      const stage = await newStage();
      await stage.board('SH010.png', 24, 48);
      await stage.host.placeTake(await take(stage));
      stage.sim.user.trim(stage.sequence.clip('SH010.png'), { endFrame: 80 });
      if (startFrame !== 24) stage.sim.user.move(stage.sequence.clip('SH010.png'), { frame: startFrame });
      await stage.host.relayTake(stage.ref, 'job-0001', { startFrame, frames: 56 });
      const clip = clipOn(stage);
      expect([clip?.startFrame, clip?.frames, clip?.inPoint]).toEqual([startFrame, 56, framesToTicks(8, stage.rate)]);
    }
  });
});

describe('a take that is deleted', () => {
  test('leaves the bin and is remembered as unwanted, in one Undo step that brings both back', async () => {
    const stage = await sequence();
    await stage.host.placeTake(await stage.take());
    await stage.host.removeTake(stage.ref, 'job-0001');
    const bin = stage.bin();
    await stage.host.deleteTakes(stage.ref, ['job-0001'], 'SH010 (take 1)');
    expect(stage.bin()).toEqual(['Animatics/']);
    expect((await stage.host.readTimeline()).sheet.deleted).toEqual(['job-0001']);
    expect(stage.project.undoStack.at(-1)).toBe('Delete SH010 (take 1)');
    stage.sim.user.undo();
    expect(stage.bin()).toEqual(bin);
    expect((await stage.host.readTimeline()).sheet.deleted ?? []).toEqual([]);
  });
});
