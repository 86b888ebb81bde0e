import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RATES } from '../../../shared/shot';
import { clearMasters, newStage, strike, type Stage, type StageOptions } from './stage';

afterEach(strike);
afterAll(clearMasters);

/** SH010 at frame 24 for 48 frames on V1, SH020 after it. */
async function sequence(options: StageOptions = {}): Promise<Stage> {
  const stage = await newStage(options);
  await stage.board('SH010.png', 24, 48);
  await stage.board('SH020.png', 72, 36);
  return stage;
}

describe('placing a take', () => {
  test.each(Object.entries(RATES))(
    'is frame-exact at %s fps, on a new track, in one Undo step',
    async (_name, rate) => {
      const stage = await sequence({ sequence: { rate } });
      const outcome = await stage.host.placeTake(await stage.take());
      expect(outcome).toEqual({
        status: 'placed',
        placement: { trackIndex: 1, startFrame: 24, frames: 48, name: 'SH010_t01_job-0001.mov' },
        movedBy: 0,
      });
      expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 24+48']);
      expect(stage.bin()).toEqual(['Animatics/', 'Animatics/SH010_t01_job-0001.mov']);
      expect(stage.project.undoStack).toEqual(['Make the bin Animatics', 'Animate SH010 (take 1)']);
    },
  );

  test('one Undo takes the clip and its ledger entry away, and nothing else', async () => {
    const stage = await sequence();
    await stage.host.placeTake(await stage.take());
    const before = stage.layout();
    await stage.host.placeTake(await stage.take({ shotName: 'SH020', jobId: 'job-0002', startFrame: 72, frames: 36 }));
    expect(stage.project.undoStack.at(-1)).toBe('Animate SH020 (take 1)');
    stage.sim.user.undo();
    expect(stage.layout()).toBe(before);
    expect((await stage.host.placedTakes(stage.ref)).map((take) => take.jobId)).toEqual(['job-0001']);
    stage.sim.user.redo();
    expect((await stage.host.placedTakes(stage.ref)).map((take) => take.jobId)).toEqual(['job-0001', 'job-0002']);
  });

  test('uses a free track and makes no other', async () => {
    const stage = await sequence({ sequence: { videoTracks: 3 } });
    await stage.host.placeTake(await stage.take());
    expect(stage.lane(1)).toHaveLength(1);
    expect(stage.sequence.snapshot().video).toHaveLength(3);
  });

  test("never touches anybody's clip: goes above a title that covers a part of the shot", async () => {
    const stage = await sequence();
    await stage.board('title.png', 60, 40, { track: 1 });
    const outcome = await stage.host.placeTake(await stage.take());
    expect(outcome).toMatchObject({ status: 'placed', placement: { trackIndex: 2 } });
    expect(stage.lane(1)).toEqual(['title.png 60+40']);
  });

  test('leaves linked sound and neighbours where they are, on a new track too', async () => {
    const stage = await sequence();
    const wav = path.join(stage.folder, 'scratch.wav');
    await writeFile(wav, silence(8));
    await stage.sequence.addAudio({ path: wav, start: 0, frames: 150, link: stage.sequence.clip('SH010.png') });
    const [video, audio] = JSON.parse(stage.layout()) as unknown[][];
    await stage.host.placeTake(await stage.take());
    const [videoNow, audioNow] = JSON.parse(stage.layout()) as unknown[][];
    expect(audioNow).toEqual(audio);
    expect(videoNow?.[0]).toEqual(video?.[0]);
  });

  test('a new take hides the older one, which stays; one Undo brings it back', async () => {
    const stage = await sequence();
    await stage.host.placeTake(await stage.take());
    await stage.host.placeTake(await stage.take({ jobId: 'job-0002', take: 2 }));
    expect([stage.lane(1), stage.lane(2)]).toEqual([
      ['SH010_t01_job-0001.mov 24+48 off'],
      ['SH010_t02_job-0002.mov 24+48'],
    ]);
    stage.sim.user.undo();
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 24+48']);
    expect(stage.lane(2)).toEqual([]);
  });

  test("a full take lies down in its preview's slot", async () => {
    const stage = await sequence();
    await stage.host.placeTake(await stage.take());
    const full = await stage.take({ jobId: 'job-0002', replaces: 'job-0001' });
    expect(await stage.host.placeTake(full)).toMatchObject({ status: 'placed', placement: { trackIndex: 1 } });
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0002.mov 24+48']);
    expect(stage.sequence.snapshot().video).toHaveLength(2);
    stage.sim.user.undo();
    expect(stage.lane(1)).toEqual(['SH010_t01_job-0001.mov 24+48']);
  });

  test('a preview that the artist trimmed is not overwritten', async () => {
    const stage = await sequence();
    await stage.host.placeTake(await stage.take());
    stage.sim.user.trim(stage.sequence.clip('SH010_t01_job-0001.mov'), { endFrame: 60 });
    const full = await stage.take({ jobId: 'job-0002', replaces: 'job-0001' });
    expect(await stage.host.placeTake(full)).toMatchObject({ placement: { trackIndex: 2 } });
  });

  test('works on the sequence it was made for, not on the one in front', async () => {
    const stage = await sequence();
    const other = stage.project.addSequence({ name: 'Other' });
    const before = JSON.stringify(other.snapshot().video);
    expect(await stage.host.placeTake(await stage.take())).toMatchObject({ status: 'placed' });
    expect(stage.lane(1)).toHaveLength(1);
    expect(JSON.stringify(other.snapshot().video)).toBe(before);
  });

  test.each([
    ['as Windows does', (file: string) => file.replace(/\//g, '\\').toUpperCase()],
    ['with decomposed letters', (file: string) => file.normalize('NFD')],
    ['below /private', (file: string) => (file.startsWith('/tmp/') ? `/private${file}` : file)],
  ])('finds its clip where the host spells paths %s', async (_name, spellPath) => {
    const stage = await sequence({ faults: { spellPath } });
    const take = await stage.take({ shotName: 'SH010', path: await stage.clip('SH010_t01_Zo\u00eb-job-0001.mov', 48) });
    expect(await stage.host.placeTake(take)).toMatchObject({ status: 'placed' });
    expect(await stage.newHost().placeTake(take)).toMatchObject({ status: 'already-placed' });
  });
});

function silence(seconds: number): Buffer {
  const data = Buffer.alloc(seconds * 8000 * 2);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
