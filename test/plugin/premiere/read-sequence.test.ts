import path from 'node:path';
import type { SequenceReading } from '../../../plugin/premiere';
import { zShot } from '../../../shared/protocol/shot-schema';
import { RATES } from '../../../shared/shot';
import { clearMasters, newStage, problemOf, strike } from './stage';

afterEach(strike);
afterAll(clearMasters);

/** Shots as name, start+frames and boards at their offsets. */
const shape = (reading: SequenceReading): string[] =>
  reading.shots.map(
    ({ draft, boards }) =>
      `${draft.name} ${draft.startFrame}+${draft.frames} ${boards.map((b) => `${b.name}@${b.at}`).join(' ')}`,
  );

describe('readSequence', () => {
  test('gives identity, rate, size and shots with exact frames', async () => {
    const stage = await newStage({ sequence: { size: { width: 1080, height: 1920 } } });
    await stage.board('SH010.png', 24, 48);
    await stage.board('SH030_A.png', 100, 30);
    await stage.board('SH030_B.png', 130, 12);
    await stage.board('SH030_C.png', 143, 12);
    const reading = await stage.host.readSequence();
    expect(reading).toMatchObject({
      ...stage.ref,
      name: 'Storyboard',
      projectName: 'Film.prproj',
      rate: RATES['23.976'],
      dropFrame: false,
      size: { width: 1080, height: 1920 },
      problems: [],
    });
    expect(shape(reading)).toEqual([
      'SH010 24+48 SH010.png@0',
      'SH030 100+42 SH030_A.png@0 SH030_B.png@30',
      'SH030 143+12 SH030_C.png@0',
    ]);
    expect(reading.shots.map((shot) => shot.draft.id)).toEqual(['SH010', 'SH030', 'SH030#2']);
    expect(reading.shots[1]?.boards[1]).toEqual({
      at: 30,
      name: 'SH030_B.png',
      mediaPath: path.join(stage.folder, 'SH030_B.png'),
      itemStartFrame: 130,
      trackIndex: 0,
    });
  });

  test.each(Object.entries(RATES))('counts frames exactly at %s fps, an hour in', async (_name, rate) => {
    const stage = await newStage({ sequence: { rate } });
    const hour = Math.round((3600 * rate.num) / rate.den);
    await stage.board('SH010.png', hour, 1);
    await stage.board('SH020.png', hour + 1, 7);
    expect(shape(await stage.host.readSequence())).toEqual([
      `SH010 ${hour}+1 SH010.png@0`,
      `SH020 ${hour + 1}+7 SH020.png@0`,
    ]);
  });

  test('knows drop-frame', async () => {
    const drop = await newStage({ sequence: { rate: RATES['29.97'], dropFrame: true } });
    const plain = await newStage({ sequence: { rate: RATES['29.97'] } });
    expect((await drop.host.readSequence()).dropFrame).toBe(true);
    expect((await plain.host.readSequence()).dropFrame).toBe(false);
  });

  test('its shots fit the protocol once their boards have hashes', async () => {
    const stage = await newStage();
    await stage.board('SH010 “wide” 🎬.png', 0, 48, { clipName: `SH010 ${'long note '.repeat(2000)}` });
    const [shot] = (await stage.host.readSequence()).shots;
    const boards = shot!.boards.map(({ at, name }) => ({ at, name, board: '0'.repeat(64) }));
    expect(zShot.safeParse({ ...shot!.draft, boards }).error?.issues).toBeUndefined();
  });

  test('keeps boards of two tracks apart, in order of time', async () => {
    const stage = await newStage();
    await stage.board('SH010_A.png', 0, 24);
    await stage.board('SH010_B.png', 24, 24, { track: 1 });
    expect(shape(await stage.host.readSequence())).toEqual(['SH010 0+24 SH010_A.png@0', 'SH010 24+24 SH010_B.png@0']);
  });

  test('a marker over two boards makes them one shot', async () => {
    const stage = await newStage();
    await stage.board('kitchen wide.png', 0, 24);
    await stage.board('kitchen close.png', 24, 24);
    stage.sequence.addMarker({ frame: 0, frames: 48, name: 'SH070', comments: 'slow push in' });
    const reading = await stage.host.readSequence();
    expect(shape(reading)).toEqual(['SH070 0+48 kitchen wide.png@0 kitchen close.png@24']);
    expect(reading.shots[0]?.draft.notes).toBe('slow push in');
  });

  test('notes come from sequence markers, clip markers and clip names, in this order, each once', async () => {
    const stage = await newStage();
    const file = await stage.picture('SH010.png');
    await stage.sequence.addStill({
      path: file,
      start: 0,
      frames: 48,
      name: 'SH010 hold 12f',
      projectItemMarkers: [{ name: 'Anna is angry', comments: 'handheld' }],
    });
    await stage.sequence.addStill({ path: file, start: 100, frames: 24, name: 'SH020' });
    stage.sequence.addMarker({ frame: 30, name: 'SH010', comments: 'SLOW PUSH IN' });
    stage.sequence.addMarker({ frame: 10, name: 'tilt up' });
    stage.sequence.addMarker({ frame: 48, name: 'belongs to nobody' });
    stage.sequence.addMarker({ frame: 20, name: 'a link', type: 'WebLink' });
    const { shots } = await stage.host.readSequence();
    expect(shots[0]?.notes).toEqual([
      { source: 'sequence-marker', text: 'tilt up' },
      { source: 'sequence-marker', text: 'SLOW PUSH IN' },
      { source: 'clip-marker', text: 'Anna is angry, handheld' },
      { source: 'clip-name', text: 'hold 12f' },
    ]);
    expect(shots[0]?.draft.notes).toBe('tilt up\nSLOW PUSH IN\nAnna is angry, handheld\nhold 12f');
    // Clip markers live on the project item: every use of the board shares them.
    expect(shots[1]?.notes).toEqual([{ source: 'clip-marker', text: 'Anna is angry, handheld' }]);
  });

  test("only stills are boards; what stands in a board's place is named", async () => {
    const stage = await newStage();
    const nested = stage.project.addSequence({ name: 'Inner' });
    stage.sim.user.switchSequence(stage.sequence);
    await stage.sequence.addStill({ path: path.join(stage.folder, 'SH010.png'), start: 0, frames: 24 });
    stage.sequence.addNested({ sequence: nested, start: 24, frames: 24, name: 'SH020' });
    stage.sequence.addNested({ sequence: nested, start: 48, frames: 24, name: 'titles' });
    await stage.sequence.addClip({ path: await stage.clip('plate.mov', 24), start: 72 });
    await stage.sequence.addClip({ path: await stage.clip('SH030 plate.mov', 24), start: 96 });
    stage.sequence.addSynthetic({ start: 120, frames: 24, name: 'Color Matte' });
    await stage.sequence.addStill({ path: await stage.picture('SH040.png'), start: 144, frames: 24, disabled: true });
    await stage.board('SH050.png', 168, 24);
    const reading = await stage.host.readSequence();
    expect(shape(reading)).toEqual(['SH050 168+24 SH050.png@0']);
    expect(reading.problems.map((p) => [p.code, p.message])).toEqual([
      ['board-missing', expect.stringMatching(/SH010.*offline/)],
      ['shot-invalid', expect.stringMatching(/SH020 is a nested sequence/)],
      ['shot-invalid', expect.stringMatching(/SH030 plate.*video clip/)],
    ]);
    for (const problem of reading.problems) expect(problem.action).not.toBe('');
  });

  test('our own takes are never boards, nor problems', async () => {
    const stage = await newStage();
    await stage.board('SH010.png', 24, 48);
    await stage.host.placeTake(await stage.take());
    const reading = await stage.host.readSequence();
    expect(shape(reading)).toEqual(['SH010 24+48 SH010.png@0']);
    stage.sim.user.takeOffline(stage.project, 'SH010_t01_job-0001.mov');
    expect((await stage.newHost().readSequence()).problems).toEqual([]);
  });

  test('an empty sequence has no shots and no problems', async () => {
    const stage = await newStage();
    expect(await stage.host.readSequence()).toMatchObject({ shots: [], problems: [] });
  });

  test("a stale answer after a switch of projects is not taken for the new project's sequence", async () => {
    const stage = await newStage();
    await stage.board('SH010.png', 0, 24);
    const other = stage.sim.addProject({ name: 'Other.prproj' });
    other.addSequence({ name: 'Second' });
    stage.sim.faults.staleSequenceReads = 1;
    expect(await problemOf(stage.host.readSequence())).toMatchObject({ code: 'host-unavailable', retry: true });
    expect(await stage.host.readSequence()).toMatchObject({ name: 'Second', projectId: other.guid });
  });

  test('survives edits and undo in the middle', async () => {
    const stage = await newStage();
    await stage.board('SH010.png', 0, 24);
    const other = await stage.board('SH020.png', 24, 24);
    stage.sim.user.during('TrackItem.getName', () => {
      stage.sim.user.delete(other);
      stage.sim.user.undo();
      stage.sim.user.move(other, { frame: 100 });
    });
    expect(shape(await stage.host.readSequence())).toEqual(['SH010 0+24 SH010.png@0', 'SH020 100+24 SH020.png@0']);
  });

  test('reads four hundred boards', async () => {
    const stage = await newStage();
    const file = await stage.picture('SH.png');
    for (let i = 0; i < 400; i += 1)
      await stage.sequence.addStill({ path: file, start: i * 10, frames: 10, name: `SH${i + 1}` });
    expect((await stage.host.readSequence()).shots).toHaveLength(400);
  });
});

describe('readSelection', () => {
  test('nothing selected is nothing', async () => {
    const stage = await newStage();
    await stage.board('SH010.png', 0, 24);
    expect(await stage.host.readSelection()).toMatchObject({ shots: [], problems: [] });
  });

  test('one board of a shot selects the whole shot, and only it', async () => {
    const stage = await newStage();
    await stage.board('SH010_A.png', 0, 24);
    const second = await stage.board('SH010_B.png', 24, 24);
    await stage.board('SH020.png', 48, 24);
    stage.sim.user.select(second);
    expect(shape(await stage.host.readSelection())).toEqual(['SH010 0+48 SH010_A.png@0 SH010_B.png@24']);
  });

  test('a take selects the shot under it', async () => {
    const stage = await newStage();
    await stage.board('SH010.png', 24, 48);
    await stage.board('SH020.png', 72, 36);
    await stage.host.placeTake(await stage.take());
    stage.sim.user.select(stage.sequence.clip('SH010_t01_job-0001.mov'));
    expect(shape(await stage.host.readSelection())).toEqual(['SH010 24+48 SH010.png@0']);
  });

  test('selected clips that cannot be animated are named, others are not', async () => {
    const stage = await newStage();
    await stage.sequence.addClip({ path: await stage.clip('SH030 plate.mov', 24), start: 0 });
    const matte = stage.sequence.addSynthetic({ start: 24, frames: 24, name: 'Color Matte' });
    stage.sim.user.select(matte);
    const { shots, problems } = await stage.host.readSelection();
    expect(shots).toEqual([]);
    expect(problems.map((p) => p.message)).toEqual([expect.stringContaining('Color Matte')]);
  });
});
