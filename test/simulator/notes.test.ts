import type { TickTime } from '@adobe/premierepro';
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
});
afterEach(() => s.sim.dispose());

const at = (frame: number): TickTime =>
  s.sim.ppro.TickTime.createWithTicks((BigInt(frame) * s.timeline.ticksPerFrame).toString());

describe('markers', () => {
  it('of a sequence are read synchronously, by time', async () => {
    s.timeline.addMarker({ frame: 24, frames: 12, name: 'SH020', comments: 'pan left' });
    s.timeline.addMarker({ frame: 0, name: 'SH010', type: 'Chapter' });
    const markers = (await s.sim.ppro.Markers.getMarkers(s.sequence)).getMarkers();
    expect(
      markers.map((m) => [m.getName(), m.getComments(), m.getType(), m.getStart().ticks, m.getDuration().ticks]),
    ).toEqual([
      ['SH010', '', 'Chapter', '0', '0'],
      ['SH020', 'pan left', 'Comment', at(24).ticks, at(12).ticks],
    ]);
    const list = await s.sim.ppro.Markers.getMarkers(s.sequence);
    expect(list.getMarkers([s.sim.ppro.Marker.MARKER_TYPE_CHAPTER]).map((m) => m.getName())).toEqual(['SH010']);
    expect(markers[0]!.guid.toString()).not.toBe(markers[1]!.guid.toString());
  });

  it('of a project item are shared by all its uses', async () => {
    await s.timeline.addStill({ path: board, start: 0, frames: 24, projectItemMarkers: [{ name: 'push in' }] });
    await s.timeline.addStill({ path: board, start: 24, frames: 24 });
    const track = await s.sequence.getVideoTrack(0);
    for (const item of track.getTrackItems(s.sim.ppro.Constants.TrackItemType.CLIP, false)) {
      const clip = s.sim.ppro.ClipProjectItem.cast(await item.getProjectItem());
      expect((await s.sim.ppro.Markers.getMarkers(clip)).getMarkers().map((m) => m.getName())).toEqual(['push in']);
    }
  });

  it('are added, changed, moved and removed by actions', async () => {
    const list = () => s.sim.ppro.Markers.getMarkers(s.sequence);
    const added = await list();
    s.commit('Add', () => added.createAddMarkerAction('SH010', 'Comment', at(3), at(5), 'slow'));
    const changed = await list();
    const [marker] = changed.getMarkers();
    s.commit(
      'Change',
      () => marker!.createSetNameAction('SH015'),
      () => marker!.createSetColorByIndexAction(4),
      () => changed.createMoveMarkerAction(marker!, at(9)),
    );
    expect(s.timeline.snapshot().markers).toMatchObject([
      { name: 'SH015', comments: 'slow', color: 4, start: BigInt(at(9).ticks), duration: BigInt(at(5).ticks) },
    ]);
    const removed = await list();
    const [last] = removed.getMarkers();
    s.commit('Remove', () => removed.createRemoveMarkerAction(last!));
    expect(s.timeline.snapshot().markers).toEqual([]);
    s.sim.user.undo();
    expect(s.timeline.snapshot().markers).toHaveLength(1);
  });
});

describe('properties', () => {
  const ledger = '{"v":1,"takes":[]}';

  it('are set by an undoable action and read synchronously', async () => {
    const { ppro } = s.sim;
    const properties = await ppro.Properties.getProperties(s.sequence);
    expect(properties.hasValue('ledger')).toBe(false);
    expect(() => properties.getValue('ledger')).toThrow('ledger');
    s.commit('Ledger', () => properties.createSetValueAction('ledger', ledger, ppro.Constants.PropertyType.PERSISTENT));
    expect((await ppro.Properties.getProperties(s.sequence)).getValue('ledger')).toBe(ledger);
    s.sim.user.undo();
    expect(properties.hasValue('ledger')).toBe(false);
  });

  it('outlive the project only when persistent', async () => {
    const { ppro } = s.sim;
    const { PERSISTENT, NON_PERSISTENT } = ppro.Constants.PropertyType;
    const properties = await ppro.Properties.getProperties(s.sequence);
    s.commit(
      'Both',
      () => properties.createSetValueAction('kept', ledger, PERSISTENT),
      () => properties.createSetValueAction('lost', 3, NON_PERSISTENT),
    );
    s.sim.user.closeProject(s.built);
    expect(() => properties.hasValue('kept')).toThrow('no longer valid');
    s.sim.user.reopenProject(s.built);
    const again = await (await ppro.Project.getActiveProject()).getActiveSequence();
    const read = await ppro.Properties.getProperties(again);
    expect([read.hasValue('kept'), read.hasValue('lost')]).toEqual([true, false]);
    expect(again.guid.toString()).toBe(s.timeline.guid);
  });

  it('may not support being set', async () => {
    s.sim.faults.propertiesReadOnly = true;
    const properties = await s.sim.ppro.Properties.getProperties(s.sequence);
    s.project.lockedAccess(() => {
      expect(() => properties.createSetValueAction('a', 'b', s.sim.ppro.Constants.PropertyType.PERSISTENT)).toThrow(
        'does not support',
      );
    });
  });
});

it('gives constants another shape at run time than the types say', () => {
  const { ProjectEvent, MediaType } = s.sim.ppro.Constants;
  expect([typeof ProjectEvent.CLOSED, typeof MediaType.VIDEO]).toEqual(['string', 'string']);
});
