import type { AudioClipTrackItem, TickTime, TrackItemSelection, VideoClipTrackItem } from '@adobe/premierepro';
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
  await s.timeline.addStill({ path: board, start: 0, frames: 24, name: 'a' });
  await s.timeline.addStill({ path: board, start: 24, frames: 24, name: 'b' });
});
afterEach(() => s.sim.dispose());

const at = (frame: number): TickTime =>
  s.sim.ppro.TickTime.createWithTicks((BigInt(frame) * s.timeline.ticksPerFrame).toString());
const clip = async (name: string): Promise<VideoClipTrackItem> => {
  for (const item of (await s.sequence.getVideoTrack(0)).getTrackItems(
    s.sim.ppro.Constants.TrackItemType.CLIP,
    false,
  )) {
    if ((await item.getName()) === name) return item;
  }
  throw new Error(`No clip ${name}`);
};
const shape = () =>
  s.timeline.snapshot().video[0]!.items.map(({ name, startFrame, frames }) => [name, startFrame, frames]);

/** The sequence's own selection, with just this item in it. */
async function only(item: VideoClipTrackItem | AudioClipTrackItem): Promise<TrackItemSelection> {
  const selection = await s.sequence.getSelection();
  for (const other of await selection.getTrackItems()) selection.removeItem(other);
  selection.addItem(item);
  return selection;
}

const remove =
  (selection: TrackItemSelection, ripple = false) =>
  () =>
    s.sim.ppro.SequenceEditor.getEditor(s.sequence).createRemoveItemsAction(
      selection,
      ripple,
      s.sim.ppro.Constants.MediaType.ANY,
      false,
    );

describe('removing', () => {
  it('works through the live selection, and is undone', async () => {
    s.commit('Remove', remove(await only(await clip('a'))));
    expect(shape()).toEqual([['b', 24, 24]]);
    s.sim.user.undo();
    expect(shape()).toEqual([
      ['a', 0, 24],
      ['b', 24, 24],
    ]);
  });

  it('closes the gap on request', async () => {
    s.commit('Ripple', remove(await only(await clip('a')), true));
    expect(shape()).toEqual([['b', 0, 24]]);
  });

  it('takes only the kind of media it is asked for', async () => {
    const { ppro } = s.sim;
    const editor = ppro.SequenceEditor.getEditor(s.sequence);
    const selection = await only(await clip('a'));
    s.commit('Audio only', () => editor.createRemoveItemsAction(selection, false, ppro.Constants.MediaType.AUDIO));
    expect(shape()).toHaveLength(2);
  });

  it('is a trap through createEmptySelection', async () => {
    const item = await clip('a');
    const kept: TrackItemSelection[] = [];
    s.sim.ppro.TrackItemSelection.createEmptySelection((selection) => {
      expect(selection.addItem(item)).toBe(true);
      kept.push(selection);
    });
    s.project.lockedAccess(() => {
      expect(remove(kept[0]!)).toThrow('The script object is no longer valid');
    });
    await expect(kept[0]!.getTrackItems()).rejects.toThrow('The script object is no longer valid');
    expect(() => s.sequence.setSelection(kept[0]!)).toThrow('The script object is no longer valid');
  });
});

describe('selection', () => {
  it('gives both items of a linked click', async () => {
    const link = s.timeline.clip('a');
    await s.timeline.addAudio({ path: media.sound('scratch.wav', 1), start: 0, frames: 24, link });
    s.sim.user.select(link);
    const items = await (await s.sequence.getSelection()).getTrackItems();
    expect(items.map((item) => 'createAddVideoTransitionAction' in item)).toEqual([true, false]);
    expect(s.timeline.snapshot().audio[0]!.items[0]).toMatchObject({ linked: true, selected: true });
  });

  it('is set synchronously and cleared by promise', async () => {
    expect(s.sequence.setSelection(await only(await clip('b')))).toBe(true);
    expect(s.timeline.snapshot().video[0]!.items.map((item) => item.selected)).toEqual([false, true]);
    await s.sequence.clearSelection();
    expect(s.timeline.snapshot().video[0]!.items.some((item) => item.selected)).toBe(false);
    expect(s.built.undoStack).toEqual([]);
  });
});

describe('the edits to keep away from', () => {
  it('createMoveAction moves a clip and turns it invisible', async () => {
    const item = await clip('b');
    expect(s.commit('Move', () => item.createMoveAction(at(10)))).toBe(true);
    expect(s.timeline.snapshot().video[0]!.items[1]).toMatchObject({ startFrame: 34, frames: 24, invisible: true });
  });

  it('two trims in one transaction: the last one wins whole', async () => {
    const item = await clip('a');
    s.commit(
      'Trim',
      () => item.createSetInPointAction(at(6)),
      () => item.createSetOutPointAction(at(18)),
    );
    expect(shape()[0]).toEqual(['a', 0, 18]);
  });

  it('two trims in two transactions both hold', async () => {
    const before = await clip('a');
    s.commit('In', () => before.createSetInPointAction(at(6)));
    const after = await clip('a');
    s.commit('Out', () => after.createSetOutPointAction(at(18)));
    expect(shape()[0]).toEqual(['a', 6, 12]);
  });

  it('setters may report success and change nothing', async () => {
    s.sim.faults.inOutSettersFail = true;
    const item = await clip('a');
    expect(s.commit('End', () => item.createSetEndAction(at(12)))).toBe(true);
    expect(shape()[0]).toEqual(['a', 0, 24]);
  });
});
