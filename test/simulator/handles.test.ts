import type { TickTime, VideoClipTrackItem } from '@adobe/premierepro';
import { files, scene, type Files, type Scene } from './fixtures';

let media: Files;
let board: string;
let s: Scene;

beforeAll(async () => {
  media = files();
  board = await media.still('SH010_A.png', '#0a0');
});
afterAll(() => media.remove());
beforeEach(async () => {
  s = await scene();
  await s.timeline.addStill({ path: board, start: 10, frames: 24, name: 'SH010' });
});
afterEach(() => s.sim.dispose());

const first = async (): Promise<VideoClipTrackItem> => {
  const track = await s.sequence.getVideoTrack(0);
  const [item] = track.getTrackItems(s.sim.ppro.Constants.TrackItemType.CLIP, false);
  return item!;
};
const ticks = (text: string): TickTime => s.sim.ppro.TickTime.createWithTicks(text);
const raw = async () => (await (await s.project.getRootItem()).getItems()).find((item) => item.name === 'SH010_A.png')!;

describe('asynchronous getters', () => {
  it('settle on a macrotask, after every microtask', async () => {
    const order: string[] = [];
    const read = s.sequence.getVideoTrackCount().then(() => order.push('host'));
    let chain = Promise.resolve();
    for (let n = 0; n < 200; n++) chain = chain.then(() => undefined);
    await chain.then(() => order.push('microtasks'));
    await read;
    expect(order).toEqual(['microtasks', 'host']);
  });

  it('read the clip as it is when they answer', async () => {
    const item = await first();
    s.sim.user.during('TrackItem.getStartTime', () => s.sim.user.move(s.timeline.clip('SH010'), { frame: 50 }));
    expect((await item.getStartTime()).ticks).toBe((50n * s.timeline.ticksPerFrame).toString());
  });

  it('reject once the clip is gone', async () => {
    const item = await first();
    s.sim.user.during('TrackItem.getStartTime', () => s.sim.user.delete(s.timeline.clip('SH010')));
    await expect(item.getStartTime()).rejects.toThrow('no longer valid');
  });
});

it('gives a clip its place, exclusive at the end, and nothing else of its own', async () => {
  const item = await first();
  const per = s.timeline.ticksPerFrame;
  const times = await Promise.all([
    item.getStartTime(),
    item.getEndTime(),
    item.getDuration(),
    item.getInPoint(),
    item.getOutPoint(),
  ]);
  expect(times.map((time) => BigInt(time.ticks) / per)).toEqual([10n, 34n, 24n, 0n, 24n]);
  expect([await item.getName(), await item.isDisabled(), await item.getTrackIndex()]).toEqual(['SH010', false, 0]);
  expect('getId' in item || 'guid' in item || 'getMarkers' in item).toBe(false);
});

it('makes a new wrapper at each fetch', async () => {
  expect(await s.sim.ppro.Project.getActiveProject()).not.toBe(s.project);
  expect(await s.project.getActiveSequence()).not.toBe(s.sequence);
  expect(s.sequence.guid).not.toBe(s.sequence.guid);
  expect(s.sequence.guid.toString()).toBe((await s.project.getActiveSequence()).guid.toString());
  const track = await s.sequence.getVideoTrack(0);
  const [a] = track.getTrackItems(s.sim.ppro.Constants.TrackItemType.CLIP, false);
  const [b] = track.getTrackItems(s.sim.ppro.Constants.TrackItemType.CLIP, false);
  expect(a).not.toBe(b);
});

it('lets only a video item add video transitions', async () => {
  await s.timeline.addAudio({ path: media.sound('scratch.wav', 1), start: 10, frames: 24 });
  const audio = await s.sequence.getAudioTrack(0);
  const [sound] = audio.getTrackItems(s.sim.ppro.Constants.TrackItemType.CLIP, false);
  expect('createAddVideoTransitionAction' in (await first())).toBe(true);
  expect('createAddVideoTransitionAction' in sound!).toBe(false);
});

describe('project items', () => {
  it('are refused cast where a raw one is wanted', async () => {
    const { ppro } = s.sim;
    const item = await raw();
    const cast = ppro.ClipProjectItem.cast(item);
    const editor = ppro.SequenceEditor.getEditor(s.sequence);
    const overwrite =
      (...args: unknown[]) =>
      (): unknown =>
        Reflect.apply(Reflect.get(editor, 'createOverwriteItemAction'), editor, args);
    s.project.lockedAccess(() => {
      expect(overwrite(cast, ticks('0'), 0, 0)).toThrow('Invalid parameter.');
      expect(overwrite(item, ticks('0'), 0, 0)).not.toThrow();
      expect(overwrite(item, ticks('0'), 0)).toThrow('Illegal Parameter count.');
      expect(overwrite(item, { ticks: '0' }, 0, 0)).toThrow('Invalid parameter.');
    });
  });

  it('throw when cast to what they are not', async () => {
    const { ppro } = s.sim;
    const item = await raw();
    expect(() => ppro.FolderItem.cast(item)).toThrow();
    expect(ppro.FolderItem.cast(ppro.ProjectItem.cast(await s.project.getRootItem())).name).toBe('Root');
  });

  it('have no media path when offline, synthetic or a sequence', async () => {
    s.timeline.addSynthetic({ start: 40, frames: 5, name: 'Matte' });
    await s.timeline.addStill({ path: '/nowhere/gone.png', start: 50, frames: 5 });
    const paths = new Map<string, string>();
    for (const item of await (await s.project.getRootItem()).getItems()) {
      paths.set(item.name, await s.sim.ppro.ClipProjectItem.cast(item).getMediaFilePath());
    }
    expect(Object.fromEntries(paths)).toEqual({ 'SH010_A.png': board, Matte: '', 'gone.png': '', SQ010: '' });
  });

  it('are never found by media path', async () => {
    expect(await s.sim.ppro.ClipProjectItem.cast(await raw()).findItemsMatchingMediaPath('SH010')).toEqual([]);
  });

  it('carry labels, undoably', async () => {
    const item = await raw();
    s.commit('Label', () => item.createSetColorLabelAction(s.sim.ppro.Constants.ProjectItemColorLabel.MANGO));
    expect(await item.getColorLabelIndex()).toBe(6);
    s.sim.user.undo();
    expect(await item.getColorLabelIndex()).not.toBe(6);
  });

  it('change their media path for good', async () => {
    const other = await media.still('other.png', '#00a');
    const item = await raw();
    s.commit('Label', () => item.createSetColorLabelAction(3));
    const clip = s.sim.ppro.ClipProjectItem.cast(item);
    expect(await clip.changeMediaFilePath(other, true)).toBe(true);
    s.sim.user.undo();
    expect(await clip.getMediaFilePath()).toBe(other);
  });
});

it('gives the frame size as floats that have to be rounded', async () => {
  const { width, height } = await s.sequence.getFrameSize();
  expect([Number.isInteger(width), Math.round(width), Math.round(height)]).toEqual([false, 1920, 1080]);
});

it('answers null where nothing is open, whatever the types say', async () => {
  s.sim.user.closeProject(s.built);
  expect(await s.sim.ppro.Project.getActiveProject()).toBeNull();
});

it('has no track past the last', async () => {
  await expect(s.sequence.getVideoTrack(1)).rejects.toThrow('Invalid track index.');
});
