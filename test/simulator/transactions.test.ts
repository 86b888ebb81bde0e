import type { Action, CompoundAction, VideoClipTrackItem } from '@adobe/premierepro';
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
  await s.timeline.addStill({ path: board, start: 0, frames: 24, name: 'SH010' });
  await s.timeline.addStill({ path: board, start: 24, frames: 24, name: 'SH020' });
});
afterEach(() => s.sim.dispose());

const clips = async (): Promise<VideoClipTrackItem[]> =>
  (await s.sequence.getVideoTrack(0)).getTrackItems(s.sim.ppro.Constants.TrackItemType.CLIP, false);
const disabled = (): boolean[] => s.timeline.snapshot().video[0]!.items.map((item) => item.disabled);

describe('the lock', () => {
  it('is needed to make an action', async () => {
    const [item] = await clips();
    const root = await s.project.getRootItem();
    expect(() => item!.createSetDisabledAction(true)).toThrow('lockedAccess');
    expect(() => root.createBinAction('Animatics', false)).toThrow('lockedAccess');
  });

  it('is needed to add an action: one that escaped it throws in the next', async () => {
    const [item] = await clips();
    let escaped: Action = {};
    s.project.lockedAccess(() => {
      escaped = item!.createSetDisabledAction(true);
    });
    s.project.lockedAccess(() => {
      s.project.executeTransaction((compound) => {
        expect(() => compound.addAction(escaped)).toThrow('another lock');
      }, 'x');
    });
    expect(() => s.project.executeTransaction((compound) => compound.addAction(escaped), 'x')).toThrow('another lock');
    expect(disabled()).toEqual([false, false]);
  });

  it('makes an asynchronous callback an error', () => {
    expect(() => s.project.lockedAccess((): unknown => Promise.resolve())).toThrow('asynchronous');
    expect(s.sim.hazards.map((hazard) => hazard.kind)).toEqual(['lock']);
  });

  it('records an exception that escapes it', () => {
    expect(() =>
      s.project.lockedAccess(() => {
        throw new Error('oops');
      }),
    ).toThrow('oops');
    expect(s.sim.hazards.map(({ kind, message }) => [kind, message.includes('oops')])).toEqual([['lock', true]]);
  });
});

describe('a transaction', () => {
  it('is one named step that undoes and redoes', async () => {
    const [a, b] = await clips();
    const hide = [a!, b!].map((item) => () => item.createSetDisabledAction(true));
    expect(s.commit('Hide takes', ...hide)).toBe(true);
    expect([disabled(), s.built.undoStack]).toEqual([[true, true], ['Hide takes']]);
    expect(s.sim.user.undo()).toBe(true);
    expect([disabled(), s.built.undoStack, s.built.redoStack]).toEqual([[false, false], [], ['Hide takes']]);
    expect(s.sim.user.redo()).toBe(true);
    expect(disabled()).toEqual([true, true]);
    expect([s.sim.user.undo(), s.sim.user.undo()]).toEqual([true, false]);
  });

  it('leaves all that was fetched from the timeline stale', async () => {
    const [a] = await clips();
    const track = await s.sequence.getVideoTrack(0);
    const selection = await s.sequence.getSelection();
    const markers = await s.sim.ppro.Markers.getMarkers(s.sequence);
    s.commit('Hide', () => a!.createSetDisabledAction(true));
    await expect(a!.getName()).rejects.toThrow('no longer valid');
    await expect(selection.getTrackItems()).rejects.toThrow('no longer valid');
    expect(() => track.getTrackItems(s.sim.ppro.Constants.TrackItemType.CLIP, false)).toThrow('no longer valid');
    expect(() => markers.getMarkers()).toThrow('no longer valid');
    expect(await (await clips())[0]!.isDisabled()).toBe(true);
  });

  it('refuses an action made before another commit, or added twice', async () => {
    const [a, b] = await clips();
    s.project.lockedAccess(() => {
      const first = a!.createSetDisabledAction(true);
      const stale = b!.createSetDisabledAction(true);
      s.project.executeTransaction((compound) => {
        compound.addAction(first);
        expect(() => compound.addAction(first)).toThrow('stale');
      }, 'one');
      s.project.executeTransaction((compound) => {
        expect(() => compound.addAction(stale)).toThrow('stale');
      }, 'two');
    });
    expect([disabled(), s.built.undoStack]).toEqual([[true, false], ['one']]);
  });

  it('closes its compound action', async () => {
    const [a] = await clips();
    const kept: CompoundAction[] = [];
    s.project.lockedAccess(() => {
      s.project.executeTransaction((compound) => void kept.push(compound), 'one');
      s.project.executeTransaction(() => {
        expect(() => kept[0]!.addAction(a!.createSetDisabledAction(true))).toThrow('closed');
      }, 'two');
    });
  });

  it('refuses what is no action of its project', () => {
    s.project.lockedAccess(() => {
      s.project.executeTransaction((compound) => {
        expect(() => compound.addAction({})).toThrow('Invalid parameter.');
      }, 'x');
    });
  });

  it('is atomic: an exception, a promise or a failing action leaves nothing', async () => {
    const [a, b] = await clips();
    const hide = (compound: CompoundAction): boolean => compound.addAction(a!.createSetDisabledAction(true));
    s.project.lockedAccess(() => {
      expect(() =>
        s.project.executeTransaction((compound) => {
          hide(compound);
          throw new Error('half way');
        }, 'x'),
      ).toThrow('half way');
      expect(() => s.project.executeTransaction((compound): unknown => Promise.resolve(hide(compound)), 'x')).toThrow(
        'asynchronous',
      );
    });
    const root = await s.project.getRootItem();
    const items = await root.getItems();
    const done = s.commit(
      'Impossible',
      () => b!.createSetDisabledAction(true),
      () => root.createRemoveItemAction(items.find((item) => item.name === 'SQ010')!),
      () => b!.createSetNameAction('in a sequence that is gone'),
    );
    expect([done, disabled(), s.built.undoStack]).toEqual([false, [false, false], []]);
    expect(s.sim.hazards.map((hazard) => hazard.kind)).toEqual(['transaction', 'transaction']);
  });

  it('answers false when empty or refused, and so does addAction', async () => {
    const hide = (await clips()).map((item) => () => item.createSetDisabledAction(true));
    expect(s.commit('Nothing')).toBe(false);
    s.sim.faults.transactionsRefused.push(true);
    expect(s.commit('Refused', ...hide)).toBe(false);
    s.sim.faults.actionsRefused.push(true);
    expect(s.commit('Half', ...hide)).toBe(true);
    expect(disabled()).toEqual([false, true]);
  });

  it('does not let its actions see each other', async () => {
    const root = await s.project.getRootItem();
    s.commit(
      'Bins',
      () => root.createBinAction('Animatics', true),
      () => root.createBinAction('Animatics', true),
    );
    expect(s.built.bin().filter(({ path }) => path === 'Animatics/')).toHaveLength(2);
  });

  it('makes a second bin of the same name unless asked for a unique one', async () => {
    const root = await s.project.getRootItem();
    for (const unique of [false, false, true]) s.commit('Bin', () => root.createBinAction('Animatics', unique));
    const bins = s.built.bin().filter(({ path }) => path.endsWith('/'));
    expect(bins.map(({ path }) => path)).toEqual(['Animatics 01/', 'Animatics/', 'Animatics/']);
  });
});
