import type { ProjectItem, TickTime } from '@adobe/premierepro';
import { files, scene, type Files, type Scene } from './fixtures';

let media: Files;
let s: Scene;
let board: string;
let clip: string;

beforeAll(async () => {
  media = files();
  board = await media.still('SH010_A.png', '#a00');
  clip = media.clip('SH010_t01.mov', 12);
});
afterAll(() => media.remove());
beforeEach(async () => {
  s = await scene({}, 2);
});
afterEach(() => s.sim.dispose());

const at = (frame: number): TickTime =>
  s.sim.ppro.TickTime.createWithTicks((BigInt(frame) * s.timeline.ticksPerFrame).toString());

async function imported(file = clip): Promise<ProjectItem> {
  const root = await s.project.getRootItem();
  await s.project.importFiles([file], true, s.sim.ppro.ProjectItem.cast(root), false);
  for (;;) {
    for (const item of await root.getItems()) {
      if (item.type !== s.sim.ppro.ProjectItem.TYPE_CLIP) continue;
      if ((await s.sim.ppro.ClipProjectItem.cast(item).getMediaFilePath()) === file) return item;
    }
    await s.sim.clock.sleep(100);
  }
}

const overwrite = (item: ProjectItem, frame: number, track: number) => () =>
  s.sim.ppro.SequenceEditor.getEditor(s.sequence).createOverwriteItemAction(item, at(frame), track, 0);

const ranges = (track: number): [number, number][] =>
  s.timeline.snapshot().video[track]?.items.map((item) => [item.startFrame, item.frames]) ?? [];

describe('overwrite', () => {
  it('lays a clip of exactly its media length', async () => {
    const item = await imported();
    expect(s.commit('Place SH010', overwrite(item, 24, 1))).toBe(true);
    expect(ranges(1)).toEqual([[24, 12]]);
    expect(s.timeline.snapshot().video[1]?.items[0]).toMatchObject({
      path: clip,
      start: 24n * 10594584000n,
      end: 36n * 10594584000n,
    });
  });

  it('splits a clip it lies inside of, the right part starting later in its media', async () => {
    await s.timeline.addStill({ path: board, start: 0, frames: 100 });
    const item = await imported();
    s.commit('Place', overwrite(item, 40, 0));
    expect(ranges(0)).toEqual([
      [0, 40],
      [40, 12],
      [52, 48],
    ]);
    expect(s.timeline.snapshot().video[0]?.items[2]?.inPoint).toBe(52n * 10594584000n);
  });

  it('cuts neighbours and swallows what lies within', async () => {
    await s.timeline.addStill({ path: board, start: 0, frames: 10, name: 'left' });
    await s.timeline.addStill({ path: board, start: 10, frames: 2, name: 'within' });
    await s.timeline.addStill({ path: board, start: 12, frames: 20, name: 'right' });
    const item = await imported();
    s.commit('Place', overwrite(item, 5, 0));
    expect(
      s.timeline.snapshot().video[0]?.items.map(({ name, startFrame, frames }) => [name, startFrame, frames]),
    ).toEqual([
      ['left', 0, 5],
      ['SH010_t01.mov', 5, 12],
      ['right', 17, 15],
    ]);
  });

  it('reports success and does nothing past the last track', async () => {
    const item = await imported();
    expect(s.commit('Place', overwrite(item, 0, 2))).toBe(true);
    expect(s.timeline.snapshot().video.map((track) => track.items.length)).toEqual([0, 0]);
  });

  it('falls back to the frame a time lies in, which is one early for times built from seconds', async () => {
    const item = await imported();
    const { ppro } = s.sim;
    const seconds = ppro.TickTime.createWithSeconds(at(7).seconds);
    const editor = ppro.SequenceEditor.getEditor(s.sequence);
    s.commit('Place', () => editor.createOverwriteItemAction(item, seconds, 0, 0));
    expect(ranges(0)[0]?.[0]).toBe(seconds.ticks === at(7).ticks ? 7 : 6);
  });
});

describe('insert', () => {
  const insert = (item: ProjectItem, frame: number, track: number, limit: boolean) => () =>
    s.sim.ppro.SequenceEditor.getEditor(s.sequence).createInsertProjectItemAction(item, at(frame), track, 0, limit);

  it('ripples all tracks unless the shift is limited', async () => {
    await s.timeline.addStill({ path: board, start: 0, frames: 48, track: 0 });
    const item = await imported();
    s.commit('Insert', insert(item, 24, 1, false));
    expect(ranges(0)).toEqual([
      [0, 24],
      [36, 24],
    ]);
    s.sim.user.undo();
    s.commit('Insert', insert(item, 24, 1, true));
    expect(ranges(0)).toEqual([[0, 48]]);
    expect(ranges(1)).toEqual([[24, 12]]);
  });

  it('makes a track past the last one, and leaves the others alone', async () => {
    await s.timeline.addStill({ path: board, start: 0, frames: 48 });
    const item = await imported();
    expect(s.commit('Insert', insert(item, 6, 2, true))).toBe(true);
    expect(await s.sequence.getVideoTrackCount()).toBe(3);
    expect(ranges(0)).toEqual([[0, 48]]);
    expect(ranges(2)).toEqual([[6, 12]]);
  });

  it('may make no track and say nothing', async () => {
    s.sim.faults.insertMakesNoTrack = true;
    const item = await imported();
    expect(s.commit('Insert', insert(item, 6, 2, true))).toBe(true);
    expect(await s.sequence.getVideoTrackCount()).toBe(2);
    expect(s.timeline.snapshot().video.flatMap((track) => track.items)).toEqual([]);
  });
});
