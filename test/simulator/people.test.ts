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

const shape = (track = 0) =>
  s.timeline.snapshot().video[track]?.items.map(({ name, startFrame, frames }) => [name, startFrame, frames]) ?? [];
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('a person', () => {
  it('edits in steps of the same undo stack', async () => {
    const { user } = s.sim;
    user.move(s.timeline.clip('b'), { frame: 60, track: 1 });
    user.trim(s.timeline.clip('a'), { startFrame: 4, endFrame: 20 });
    user.razor(s.timeline.clip('a'), 10);
    user.rename(s.timeline.clip('b'), 'B');
    await user.addClip(s.timeline, { path: board, start: 8, frames: 4, name: 'c' });
    expect([shape(0), shape(1)]).toEqual([
      [
        ['a', 4, 4],
        ['c', 8, 4],
        ['a', 12, 8],
      ],
      [['B', 60, 24]],
    ]);
    user.delete(s.timeline.clip('a'), { ripple: true });
    expect(s.built.undoStack).toEqual(['Move', 'Trim', 'Razor', 'Rename', 'Overwrite', 'Ripple Delete']);
    while (user.undo());
    expect(shape(0)).toEqual([
      ['a', 0, 24],
      ['b', 24, 24],
    ]);
  });

  it('moves and deletes linked sound along', async () => {
    await s.timeline.addAudio({
      path: media.sound('scratch.wav', 2),
      start: 0,
      frames: 24,
      link: s.timeline.clip('a'),
    });
    s.sim.user.move(s.timeline.clip('a'), { frame: 48 });
    expect(s.timeline.snapshot().audio[0]!.items.map((item) => item.startFrame)).toEqual([48]);
    s.sim.user.delete(s.timeline.clip('a'));
    expect(s.timeline.snapshot().audio[0]!.items).toEqual([]);
  });

  it('acts in the middle of the nth call', async () => {
    s.sim.user.during('Sequence.getVideoTrackCount', () => s.sim.user.addTrack(s.timeline), 2);
    const counts = [];
    for (let n = 0; n < 3; n++) counts.push(await s.sequence.getVideoTrackCount());
    expect(counts).toEqual([1, 2, 2]);
  });

  it('deletes a bin with all that is in it, and its uses', async () => {
    s.sim.user.deleteItem(s.built, 'SH010_A.png');
    expect(shape()).toEqual([]);
    s.sim.user.undo();
    expect(shape()).toHaveLength(2);
  });

  it('takes a file offline', async () => {
    s.sim.user.takeOffline(s.built, 'SH010_A.png');
    const item = (await (await s.project.getRootItem()).getItems()).find((other) => other.name === 'SH010_A.png')!;
    expect(await s.sim.ppro.ClipProjectItem.cast(item).isOffline()).toBe(true);
  });
});

describe('a project closed in mid-job', () => {
  it('kills every handle into it', async () => {
    const root = await s.project.getRootItem();
    const track = await s.sequence.getVideoTrack(0);
    const [item] = track.getTrackItems(s.sim.ppro.Constants.TrackItemType.CLIP, false);
    s.sim.user.during('FolderItem.getItems', () => s.sim.user.closeProject(s.built));
    await expect(root.getItems()).rejects.toThrow('no longer valid');
    await expect(s.sequence.getVideoTrackCount()).rejects.toThrow('no longer valid');
    await expect(item!.getName()).rejects.toThrow('no longer valid');
    await expect(s.project.getActiveSequence()).rejects.toThrow('no longer valid');
    expect(() => s.project.lockedAccess(() => undefined)).toThrow('no longer valid');
    expect(() => root.name).toThrow('no longer valid');
    expect(s.sim.projects).toEqual([]);
  });

  it('registers no late import', async () => {
    await s.project.importFiles([board], true);
    const before = s.built.bin().length;
    s.sim.user.closeProject(s.built);
    await s.sim.clock.sleep(1000);
    expect(s.built.bin()).toHaveLength(before);
  });
});

it('may answer the old sequence after a switch of projects', async () => {
  const other = s.sim.addProject({ name: 'Other.prproj' });
  const second = other.addSequence({ name: 'SQ900' });
  const project = await s.sim.ppro.Project.getActiveProject();
  s.sim.faults.staleSequenceReads = 1;
  expect((await project.getActiveSequence()).guid.toString()).toBe(s.timeline.guid);
  expect((await project.getActiveSequence()).guid.toString()).toBe(second.guid);
  s.sim.user.switchProject(s.built);
  expect((await s.sim.ppro.Project.getActiveProject()).guid.toString()).toBe(s.built.guid);
});

it('lets a person switch and delete sequences', async () => {
  const second = s.built.addSequence({ name: 'SQ020' });
  s.sim.user.switchSequence(s.timeline);
  expect((await s.project.getActiveSequence()).name).toBe('SQ010');
  s.sim.user.deleteSequence(s.timeline);
  await expect(s.sequence.getVideoTrackCount()).rejects.toThrow('no longer valid');
  expect(await s.project.getActiveSequence()).toBeNull();
  expect((await s.project.getSequences()).map((sequence) => sequence.guid.toString())).toEqual([second.guid]);
});

describe('events', () => {
  it('come after a turn of the loop, with what the types promise', async () => {
    const { EventManager, Constants } = s.sim.ppro;
    const heard: object[] = [];
    const listen = (event?: object): void => void heard.push(event ?? {});
    await turn();
    EventManager.addGlobalEventListener(Constants.ProjectEvent.DIRTY, listen);
    EventManager.addGlobalEventListener(Constants.ProjectEvent.CLOSED, listen);
    EventManager.addGlobalEventListener(Constants.SequenceEvent.SELECTION_CHANGED, listen);
    EventManager.addGlobalEventListener(Constants.OperationCompleteEvent.IMPORT_MEDIA_COMPLETE, listen);
    s.sim.user.select(s.timeline.clip('a'));
    expect(heard).toEqual([]);
    await turn();
    s.sim.user.rename(s.timeline.clip('a'), 'x');
    await turn();
    await s.project.importFiles([board], true);
    await s.sim.clock.sleep(1000);
    await turn();
    s.sim.user.closeProject(s.built);
    await turn();
    const about = { id: s.built.guid, name: 'Boards.prproj' };
    expect(heard).toMatchObject([
      { id: s.timeline.guid },
      about,
      { state: Constants.OperationCompleteState.SUCCESS },
      about,
    ]);
    EventManager.removeGlobalEventListener(Constants.ProjectEvent.CLOSED, listen);
    s.sim.user.closeProject(s.sim.addProject());
    await turn();
    expect(heard).toHaveLength(4);
  });

  it('go to the listeners of their own project only', async () => {
    const { EventManager, Constants } = s.sim.ppro;
    const other = s.sim.addProject();
    const heard: string[] = [];
    EventManager.addEventListener(s.project, Constants.ProjectEvent.CLOSED, () => heard.push('mine'));
    s.sim.user.closeProject(other);
    await turn();
    expect(heard).toEqual([]);
    s.sim.user.closeProject(s.built);
    await turn();
    expect(heard).toEqual(['mine']);
  });

  it('are dangerous when a handler throws', async () => {
    s.sim.ppro.EventManager.addGlobalEventListener(s.sim.ppro.Constants.ProjectEvent.CLOSED, () => {
      throw new Error('unguarded');
    });
    s.sim.user.closeProject(s.built);
    await turn();
    expect(s.sim.hazards.map(({ kind, message }) => [kind, message.includes('unguarded')])).toEqual([
      ['event-handler', true],
    ]);
  });
});
