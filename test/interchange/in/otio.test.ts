import { outline, TestFolder } from './folder';
import { range, time } from './otio-times';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

const media = (url: string, frames = 1000, start = 0) => ({
  OTIO_SCHEMA: 'ExternalReference.1',
  target_url: url,
  available_range: range(start, frames),
});
const clip1 = (name: string, url: string, start: number, frames: number, more: object = {}) => ({
  OTIO_SCHEMA: 'Clip.1',
  name,
  source_range: range(start, frames),
  media_reference: media(url),
  markers: [],
  metadata: {},
  ...more,
});
const gap = (frames: number) => ({ OTIO_SCHEMA: 'Gap.1', name: '', source_range: range(0, frames) });
const track = (...children: object[]) => ({ OTIO_SCHEMA: 'Track.1', name: 'V1', kind: 'Video', children });
const timeline = (tracks: object[], more: object = {}): string =>
  JSON.stringify({
    OTIO_SCHEMA: 'Timeline.1',
    name: 'cut',
    tracks: { OTIO_SCHEMA: 'Stack.1', children: tracks, markers: [] },
    ...more,
  });

describe('OpenTimelineIO', () => {
  test('old and new clips, gaps and transitions add up; notes come from markers and metadata', async () => {
    await folder.pictures('a.png', 'b.png', 'c.png');
    const clip2 = {
      OTIO_SCHEMA: 'Clip.2',
      name: 'SH020',
      source_range: range(0, 12),
      enabled: true,
      media_references: { 'take 2': media('b.png'), 'take 1': media('c.png') },
      active_media_reference_key: 'take 1',
      metadata: { fcp_xml: { comments: { mastercomment1: 'whip right' } } },
      markers: [],
    };
    const marker = {
      OTIO_SCHEMA: 'Marker.2',
      name: 'note',
      comment: '',
      marked_range: range(50, 0),
      metadata: { x: { comment: 'push in' } },
    };
    const t = { OTIO_SCHEMA: 'Transition.1', in_offset: time(4), out_offset: time(4) };
    folder.write(
      'cut.otio',
      timeline([track(clip1('SH010', 'a.png', 48, 24, { markers: [marker] }), t, gap(6), clip2)]),
    );
    const story = await folder.read('cut.otio');
    expect(outline(story)).toEqual(['SH010: a.png 1000', 'SH020: c.png 500']);
    expect(story.shots.map((s) => [s.gapMilliseconds, s.boards[0]!.notes])).toEqual([
      [undefined, 'push in'],
      [250, 'whip right'],
    ]);
  });

  test.each([
    [23.976, 24000, 1001],
    [23.98, 24000, 1001],
    [23.976023976023978, 24000, 1001],
    [29.97, 30000, 1001],
    [59.94005994005994, 60000, 1001],
    [25, 25, 1],
    [12.5, 25, 2],
  ])('a rate of %d is %i/%i', async (value, num, den) => {
    const t = await folder.timeline(
      'cut.otio',
      timeline([track(clip1('a', 'a.png', 0, 10, { source_range: range(0, 10, value) }))]),
    );
    expect(t.rate).toEqual({ num, den });
    expect(t.tracks[0]!.clips[0]!.frames).toBe(10);
  });

  test('ranges at another rate are brought to the timeline’s, so that clips that touch still touch', async () => {
    const at25 = (start: number, frames: number) => ({ source_range: range(start, frames, 25) });
    const json = timeline([track(clip1('a', 'a.png', 0, 0, at25(0, 33)), clip1('b', 'b.png', 0, 0, at25(0, 25)))], {
      global_start_time: time(86400),
    });
    const t = await folder.timeline('cut.otio', json);
    expect(t.startFrame).toBe(86400);
    expect(t.tracks[0]!.clips.map((c) => [c.start, c.frames])).toEqual([
      [0, 32],
      [32, 24],
    ]);
  });

  test('a nested stack of stills is a board in layers; NaN and Infinity do not stop it', async () => {
    await folder.pictures('bg.png', 'fg.png');
    const stack = {
      OTIO_SCHEMA: 'Stack.1',
      name: 'panel',
      children: [track(clip1('bg', 'bg.png', 0, 24)), track(clip1('fg', 'fg.png', 0, 24))],
      source_range: null,
      markers: [],
    };
    folder.write(
      'cut.otio',
      timeline([track(stack)]).replace(
        '"markers":[]',
        '"metadata":{"speed":NaN,"far":-Infinity,"text":"NaN"},"markers":[]',
      ),
    );
    const story = await folder.read('cut.otio');
    expect(story.shots[0]!.boards[0]!.layers.map((l) => l.name)).toEqual(['bg', 'fg']);
    expect(story.shots[0]!.boards[0]!.milliseconds).toBe(1000);
  });

  test('media whose own time begins at a timecode count from their first frame', async () => {
    const reference = { media_reference: media('a.mov', 100, 86400) };
    const t = await folder.timeline('cut.otio', timeline([track(clip1('a', '', 86410, 24, reference))]));
    expect(t.tracks[0]!.clips[0]).toMatchObject({ sourceIn: 10, frames: 24, media: { frames: 100, kind: 'movie' } });
  });

  test('missing media are told board by board and keep their time', async () => {
    await folder.pictures('a.png');
    folder.write(
      'cut.otio',
      timeline([
        track(clip1('a', 'a.png', 0, 24), clip1('b', 'gone.png', 0, 24), {
          ...clip1('c', '', 0, 24),
          media_reference: { OTIO_SCHEMA: 'MissingReference.1' },
        }),
      ]),
    );
    const story = await folder.read('cut.otio');
    expect(story.shots).toHaveLength(3);
    expect(story.warnings).toEqual([
      expect.stringMatching(/^Board b: its picture gone\.png is missing/),
      expect.stringMatching(/^Board c: /),
    ]);
  });
});
