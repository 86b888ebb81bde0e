/** Forms that timelines of other programs have and ours have not: each was met in a public export. */
import { RATES } from '../../../shared/shot';
import type { ReadTimeline } from '../../../companion-app/interchange/in';
import { TestFolder } from './folder';
import { range, time } from './otio-times';

let folder: TestFolder;
beforeAll(() => {
  folder = new TestFolder();
});
afterAll(() => folder.remove());

/** "V1 0-10 a" for every clip. */
const places = (timeline: ReadTimeline): string[] =>
  timeline.tracks.flatMap((track) =>
    track.clips.map((clip) => `${track.name} ${clip.start}-${clip.start + clip.frames} ${clip.name}`),
  );

const clip = (name: string, source_range: object | null, media_reference: object | null = null) => ({
  OTIO_SCHEMA: 'Clip.1',
  name,
  source_range,
  media_reference,
});
const otio = (tracks: object[], clock: object | null = null, stack: object = {}): string =>
  JSON.stringify({
    OTIO_SCHEMA: 'Timeline.1',
    name: 'cut',
    global_start_time: clock,
    tracks: { OTIO_SCHEMA: 'Stack.1', children: tracks, ...stack },
  });
const track = (children: object[], more: object = {}) => ({
  OTIO_SCHEMA: 'Track.1',
  name: 'V1',
  kind: 'Video',
  children,
  ...more,
});

describe('OTIO', () => {
  test('a range of a track or of the stack shows a part of it, or more than it holds', async () => {
    const clips = [clip('a', range(0, 10, 24)), clip('b', range(5, 10, 24))];
    const later = await folder.timeline('later.otio', otio([track(clips, { source_range: range(-7, 22, 24) })]));
    expect(places(later)).toEqual(['V1 7-17 a', 'V1 17-22 b']);
    const part = await folder.timeline('part.otio', otio([track(clips)], null, { source_range: range(4, 10, 24) }));
    expect(places(part)).toEqual(['V1 0-6 a', 'V1 6-10 b']);
    expect(part.tracks[0]!.clips.map((c) => c.sourceIn)).toEqual([4, 5]);
  });

  test('ranges that would show nothing at all are a writer’s leftovers', async () => {
    for (const source_range of [range(0, 0, 24), range(-86243, 1049, 24)]) {
      const read = await folder.timeline('left.otio', otio([track([clip('a', range(0, 10, 24))], { source_range })]));
      expect(places(read)).toEqual(['V1 0-10 a']);
    }
  });

  test('clips counted at other rates end where their sum ends, not where each was rounded', async () => {
    const thirty = Array.from({ length: 300 }, (_, i) => clip(`c${i}`, range(0, 1, 30)));
    const read = await folder.timeline('thirty.otio', otio([track(thirty)], time(0, 24)));
    expect(read.rate).toEqual({ num: 24, den: 1 });
    const last = read.tracks[0]!.clips.at(-1)!;
    expect(last.start + last.frames).toBe(240);
  });

  test('a clock in seconds and clips in ticks or samples are times, not frame rates', async () => {
    const read = await folder.timeline(
      'ticks.otio',
      otio([track([clip('a', range(0, 60_000, 24_000)), clip('b', range(84_000, 96_000, 24_000))])], time(3600, 1)),
    );
    expect([places(read), read.startFrame, read.stated.rate]).toEqual([['V1 0-60 a', 'V1 60-156 b'], 86_400, false]);
    const mixed = await folder.timeline(
      'mixed.otio',
      otio([track([clip('a', range(0, 96_000, 48_000)), clip('b', range(0, 25, 25))])]),
    );
    expect([places(mixed), mixed.rate.num]).toEqual([['V1 0-50 a', 'V1 50-75 b'], 25]);
  });

  test('a clip without a range lasts as long as media that are missing say they were', async () => {
    const gone = { OTIO_SCHEMA: 'MissingReference.1', available_range: range(0, 12, 24) };
    const read = await folder.timeline('gone.otio', otio([track([clip('a', null, gone), clip('b', range(0, 5, 24))])]));
    expect(places(read)).toEqual(['V1 0-12 a', 'V1 12-17 b']);
  });
});

const RESOURCES = `<resources><format id="r1" frameDuration="1/25s" width="1920" height="1080"/>
  <asset id="a1" name="A" src="./a.mov" start="0s" duration="100s" hasVideo="1" hasAudio="1" format="r1"/>
  <asset id="a2" name="S" src="./s.wav" start="0s" duration="100s" hasAudio="1"/>
  <media id="m1" name="Both"><sequence format="r1" duration="4s" tcStart="0s"><spine><asset-clip ref="a1" offset="0s" name="in" duration="4s"/></spine></sequence></media>
  <media id="m2" name="Sound"><sequence format="r1" duration="4s" tcStart="0s"><spine><asset-clip ref="a2" offset="0s" name="in" duration="4s"/></spine></sequence></media></resources>`;
const fcpxml = (body: string): string =>
  `<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.10">${body}</fcpxml>`;
const project = (clips: string): string =>
  fcpxml(
    `${RESOURCES}<project name="p"><sequence format="r1" tcStart="0s"><spine>${clips}</spine></sequence></project>`,
  );

describe('FCPXML', () => {
  test('what was taken of a clip, or lies in it, tells picture from sound', async () => {
    const read = await folder.timeline(
      'sound.fcpxml',
      project(`<asset-clip ref="a1" offset="0s" name="picture" duration="10s">
        <asset-clip ref="a1" lane="-1" offset="0s" name="its sound" srcEnable="audio" duration="1s"/>
        <ref-clip ref="m1" lane="-2" offset="1s" name="compound’s sound" srcEnable="audio" duration="1s"/>
        <ref-clip ref="m2" lane="-3" offset="2s" name="compound of sound" duration="1s"/>
        <ref-clip ref="m1" lane="1" offset="2s" name="compound" duration="1s"/>
        <clip lane="-4" offset="3s" name="detached" duration="1s"><gap duration="9s"><audio ref="a1" lane="-1" duration="9s"/></gap></clip>
        <sync-clip lane="-5" offset="4s" name="synced" duration="1s"><gap duration="9s"><clip lane="-1" name="x" duration="9s"><audio ref="a2" duration="9s"/></clip></gap></sync-clip>
        <clip lane="2" offset="5s" name="shown" duration="1s"><video ref="a1" duration="9s"><audio ref="a1" lane="-1" duration="9s"/></video></clip>
      </asset-clip>`),
    );
    expect(read.tracks.filter((t) => t.kind === 'video').flatMap((t) => t.clips.map((c) => c.name))).toEqual([
      'picture',
      'compound',
      'shown',
    ]);
    expect(read.tracks.filter((t) => t.kind === 'audio').flatMap((t) => t.clips.map((c) => c.name))).toEqual([
      'its sound',
      'compound’s sound',
      'compound of sound',
      'detached',
      'synced',
    ]);
  });

  test('up to version 1.2 the resources stand within the project', async () => {
    const read = await folder.timeline(
      'old.fcpxml',
      `<?xml version="1.0"?><fcpxml version="1.2"><project name="old">${RESOURCES}<sequence format="r1" tcStart="0s"><spine><clip name="c" offset="0s" duration="2s"><video ref="a1" offset="0s" duration="4s"/></clip></spine></sequence></project></fcpxml>`,
    );
    expect([read.rate.num, places(read)]).toEqual([25, ['V1 0-50 c']]);
  });

  test('a clip exported by itself is a cut of one clip', async () => {
    for (const [lone, name] of [
      ['<ref-clip ref="m1" name="whole" duration="4s"/>', 'whole'],
      ['<asset-clip ref="a1" offset="33s" name="one" start="2s" duration="4s" format="r1"/>', 'one'],
      ['<clip name="held" duration="4s"><video ref="a1" offset="0s" duration="9s"/></clip>', 'held'],
    ] as const) {
      const read = await folder.timeline('lone.fcpxml', fcpxml(`${RESOURCES}${lone}`));
      expect([read.name, read.rate.num, places(read)]).toEqual([name, 25, [`V1 0-100 ${name}`]]);
    }
  });
});

const SPEEDS: readonly (readonly [string, string, number, number])[] = [
  [
    'time remap of FCP7 XML',
    `<?xml version="1.0"?><!DOCTYPE xmeml><xmeml version="5"><sequence><name>s</name><rate><timebase>24</timebase><ntsc>FALSE</ntsc></rate><media><video><track>
    <clipitem><name>c</name><start>0</start><end>48</end><in>20</in><out>68</out><file id="f"><name>a.mov</name><pathurl>a.mov</pathurl></file>
    <filter><effect><effectid>timeremap</effectid><parameter><parameterid>variablespeed</parameterid><value>0</value></parameter><parameter><parameterid>speed</parameterid><value>50</value></parameter><parameter><parameterid>reverse</parameterid><value>FALSE</value></parameter></effect></filter></clipitem></track></video></media></sequence></xmeml>`,
    10,
    0.5,
  ],
  [
    'time map of FCPXML',
    project(
      '<clip name="c" offset="0s" start="4s" duration="2s"><timeMap><timept time="0s" value="0s"/><timept time="3s" value="3s"/><timept time="13s" value="8s"/></timeMap><video ref="a1" duration="100s"/></clip>',
    ),
    88,
    0.5,
  ],
  [
    'time warp of OTIO',
    otio([
      track([{ ...clip('c', range(10, 48, 24)), effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: -2 }] }]),
    ]),
    10,
    -2,
  ],
  [
    'freeze of OTIO',
    otio([track([{ ...clip('c', range(10, 48, 24)), effects: [{ OTIO_SCHEMA: 'FreezeFrame.1' }] }])]),
    10,
    0,
  ],
  [
    'motion effect of an EDL',
    'TITLE: t\n001  AX V C 00:00:00:10 00:00:01:10 01:00:00:00 01:00:02:00\nM2   AX       012.0                00:00:00:10\n',
    10,
    0.5,
  ],
];

test.each(SPEEDS)('a %s says which frame is seen first and how fast it goes on', async (_, text, sourceIn, speed) => {
  const read = (await folder.timeline('speed.txt', text)).tracks[0]!.clips[0]!;
  expect([read.sourceIn, read.speed]).toEqual([sourceIn, speed]);
});

const events = (...lines: string[]): string =>
  ['TITLE: cut', ...lines.map((line, i) => `${String(i + 1).padStart(3, '0')}  AX       V     C        ${line}`)].join(
    '\n',
  );

describe('EDL', () => {
  test('frame numbers of the source are read; the cut counts its own', async () => {
    const read = await folder.timeline('numbers.edl', events('1009 1064 00:00:00:00 00:00:02:07'));
    expect([places(read), read.tracks[0]!.clips[0]!.sourceIn]).toEqual([['V1 0-55 AX'], 1009]);
  });

  test('the rate is that at which sources last as long as their events', async () => {
    const read = await folder.timeline(
      'pal.edl',
      events('06:42:50:18 06:42:52:13 01:00:00:00 01:00:01:20', '06:42:52:14 06:42:52:16 01:00:01:20 01:00:01:22'),
    );
    expect([read.rate.num, places(read)]).toEqual([25, ['V1 0-45 AX', 'V1 45-47 AX']]);
  });

  test('sources that count faster than the cut, or do not drop where it does, lose no event', async () => {
    const film = await folder.timeline(
      'film.edl',
      events(
        '01:00:00:29 01:00:05:00 01:00:00:00 01:00:04:01',
        ...Array.from({ length: 4 }, (_, i) => `00:00:00:00 00:00:10:00 01:00:1${i}:00 01:00:1${i}:23`),
      ),
    );
    expect([film.rate.num, film.tracks[0]!.clips.length, film.tracks[0]!.clips[0]!.sourceIn]).toEqual([24, 5, 86_423]);
    const drop = await folder.timeline(
      'drop.edl',
      events('00:01:00:00 00:01:02:00 01:00:00;00 01:00:02;00').replace('\n', '\nFCM: DROP FRAME\n'),
    );
    expect([drop.dropFrame, places(drop)]).toEqual([true, ['V1 0-60 AX']]);
  });

  test('without a heading the semicolons of the cut say that it drops', async () => {
    const read = await folder.timeline('semi.edl', events('00:00:00:00 00:00:02:00 01:00:00;00 01:00:02;00'));
    expect([read.dropFrame, read.rate]).toEqual([true, RATES['29.97']]);
  });
});
