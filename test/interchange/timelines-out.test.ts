import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { writeEdl, writeFcp7Xml, writeOtio } from '../../companion-app/interchange/out';
import { withGaps, type Timeline, type TimelineClip } from '../../companion-app/interchange/timeline';
import { RATES } from '../../shared/shot';
import { hasOpenShot, importWithOpenShot } from './openshot';

const clip = (name: string, start: number, frames: number, file: string): TimelineClip => ({
  name,
  start,
  frames,
  sourceIn: 0,
  media: { path: file, kind: file.endsWith('.png') ? 'still' : 'movie', frames },
  takes: [],
  markers: [],
  enabled: true,
  facts: {},
});

/** Two boards with a hole between them, clips above, one sound; a name that needs escaping. */
function cut(folder: string): Timeline {
  const board = (n: string, start: number, frames: number) => clip(n, start, frames, path.join(folder, `${n}.png`));
  const shot = clip('SH010 "slow" & <push>', 0, 96, path.join(folder, 'SH010 täke #1.mov'));
  return {
    name: 'The cut & more',
    rate: RATES['23.976'],
    dropFrame: false,
    size: { width: 1920, height: 1080 },
    startFrame: 86400,
    tracks: [
      { name: 'V1', kind: 'video', clips: [board('SH010', 0, 96), board('SH020', 120, 60)] },
      {
        name: 'V2',
        kind: 'video',
        clips: [
          {
            ...shot,
            takes: [
              { name: 'take 1', media: shot.media },
              { name: 'take 2', media: { ...shot.media, path: path.join(folder, 'SH010_t02.mov') } },
            ],
            markers: [{ frame: 8, frames: 0, name: 'note', comment: 'push in' }],
            facts: { seed: 7 },
          },
          clip('SH020', 120, 60, path.join(folder, 'SH020_t01.mov')),
        ],
      },
      {
        name: 'A1',
        kind: 'audio',
        clips: [
          {
            ...clip('scratch', 0, 180, path.join(folder, 'scratch.wav')),
            media: { path: path.join(folder, 'scratch.wav'), kind: 'sound', frames: 180 },
          },
        ],
      },
    ],
    markers: [{ frame: 120, frames: 60, name: 'SH020', comment: 'whip R' }],
  };
}

describe('OTIO', () => {
  const root = JSON.parse(writeOtio(cut('/boards'))) as {
    OTIO_SCHEMA: string;
    tracks: {
      OTIO_SCHEMA: string;
      markers: { OTIO_SCHEMA: string }[];
      children: { kind: string; children: Record<string, unknown>[] }[];
    };
    global_start_time: { rate: number; value: number };
  };

  test('tracks lie bottom to top, gaps are explicit, schemas are the versions readers accept', () => {
    expect(root.OTIO_SCHEMA).toBe('Timeline.1');
    expect(root.tracks.OTIO_SCHEMA).toBe('Stack.1');
    expect(root.tracks.children.map((t) => t.kind)).toEqual(['Video', 'Video', 'Audio']);
    expect(root.tracks.children[0]!.children.map((c) => c.OTIO_SCHEMA)).toEqual(['Clip.2', 'Gap.1', 'Clip.2']);
    expect(root.tracks.children[0]!.children[1]).toMatchObject({ source_range: { duration: { value: 24 } } });
    expect(root.tracks.markers.map((m) => m.OTIO_SCHEMA)).toEqual(['Marker.2']);
    expect(root.global_start_time.value).toBe(86400);
    expect(root.global_start_time.rate).toBeCloseTo(23.976023976, 9);
  });

  test('takes are alternative media, the used one is active, and the key always exists', () => {
    const [shot] = root.tracks.children[1]!.children;
    const references = shot!.media_references as Record<string, { target_url: string }>;
    expect(Object.keys(references)).toEqual(['take 1', 'take 2']);
    expect(shot!.active_media_reference_key).toBe('take 1');
    expect(references['take 1']!.target_url).toBe('file:///boards/SH010%20t%C3%A4ke%20%231.mov');
    for (const track of root.tracks.children)
      for (const item of track.children.filter((c) => c.OTIO_SCHEMA === 'Clip.2'))
        expect(item.media_references).toHaveProperty([String(item.active_media_reference_key)]);
  });

  test('media can be named relative to the timeline', () => {
    expect(writeOtio(cut('/boards'), { relativeTo: '/boards/out' })).toContain(
      '"target_url": "../SH010%20t%C3%A4ke%20%231.mov"',
    );
  });
});

test('overlapping clips are refused rather than written wrongly', () => {
  expect(() =>
    withGaps({ name: 'V1', kind: 'video', clips: [clip('a', 0, 10, '/a.png'), clip('b', 9, 10, '/b.png')] }),
  ).toThrow(/overlaps/);
});

describe('FCP7 XML', () => {
  const xml = writeFcp7Xml(cut('/boards'));

  test('is well-formed and keeps every position, name and marker', () => {
    const parsed = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => ['track', 'clipitem'].includes(name),
    }).parse(xml) as {
      xmeml: {
        project: {
          children: {
            bin: { children: { clip: { name: string; file: { pathurl: string } } } };
            sequence: {
              duration: number;
              timecode: { string: string };
              media: Record<'video' | 'audio', { track: { clipitem: Record<string, unknown>[] }[] }>;
            };
          };
        };
      };
    };
    const { sequence, bin } = parsed.xmeml.project.children;
    expect(bin.children.clip.file.pathurl).toBe('file://localhost/boards/SH010_t02.mov');
    expect(sequence.duration).toBe(180);
    expect(sequence.timecode.string).toBe('01:00:00:00');
    expect(sequence.media.video.track.map((t) => t.clipitem.map((c) => [c.start, c.end]))).toEqual([
      [
        [0, 96],
        [120, 180],
      ],
      [
        [0, 96],
        [120, 180],
      ],
    ]);
    expect(sequence.media.video.track[1]!.clipitem[0]!.name).toBe('SH010 "slow" & <push>');
    expect(sequence.media.video.track[0]!.clipitem[0]!.stillframe).toBe('TRUE');
    expect(xml).toContain('file://localhost/boards/SH010%20t%C3%A4ke%20%231.mov');
    expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>')).toBe(true);
  });

  test('a file is described once and referred to afterwards', () => {
    const twice = cut('/boards');
    const same = {
      ...twice,
      tracks: [
        { name: 'V1', kind: 'video' as const, clips: [clip('a', 0, 10, '/x.mov'), clip('b', 10, 10, '/x.mov')] },
      ],
    };
    expect(writeFcp7Xml(same).match(/<pathurl>/g)).toHaveLength(1);
  });
});

test('an EDL has one event a clip at exact timecodes and keeps notes on one line', () => {
  const edl = writeEdl({ ...cut('/boards'), name: 'two\nlines' }, 'V2');
  expect(edl).toContain('TITLE: two lines');
  expect(edl).toContain('001  AX       V     C        00:00:00:00 00:00:04:00 01:00:00:00 01:00:04:00');
  expect(edl).toContain('002  AX       V     C        00:00:00:00 00:00:02:12 01:00:05:00 01:00:07:12');
  expect(edl).toContain('* LOC: 01:00:00:08 GREEN   push in');
  expect(edl).toContain('* TAKES: /boards/SH010 täke #1.mov | /boards/SH010_t02.mov');
});

const foreign = hasOpenShot();
(foreign.there ? describe : describe.skip)(
  `a foreign editor's importer${foreign.there ? '' : ` (skipped: ${foreign.why})`}`,
  () => {
    test('OpenShot puts the clips of timeline.xml where they are', () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'inbetween-xml-'));
      try {
        const ffmpeg = (args: string[]): void => void execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
        const timeline = cut(folder);
        for (const track of timeline.tracks)
          for (const { media, frames } of track.clips) {
            if (media.kind === 'still')
              ffmpeg(['-f', 'lavfi', '-i', 'color=white:s=64x36', '-frames:v', '1', media.path]);
            else if (media.kind === 'sound') ffmpeg(['-f', 'lavfi', '-i', 'sine=d=8', media.path]);
            else
              ffmpeg([
                '-f',
                'lavfi',
                '-i',
                'testsrc=s=64x36:r=24000/1001',
                '-frames:v',
                String(frames),
                '-c:v',
                'prores_aw',
                media.path,
              ]);
          }
        const file = path.join(folder, 'timeline.xml');
        writeFileSync(file, writeFcp7Xml(timeline));
        const clips = importWithOpenShot(file, 'xml', { num: 24000, den: 1001 });
        const second = 1001 / 24000;
        const placed = clips.map((c) => ({
          at: Math.round(c.position / second),
          frames: Math.round((c.end - c.start) / second),
        }));
        expect(placed).toHaveLength(5);
        for (const wanted of [
          { at: 0, frames: 96 },
          { at: 120, frames: 60 },
        ])
          expect(placed.filter((p) => p.at === wanted.at && p.frames === wanted.frames)).toHaveLength(2);
        expect(placed).toContainEqual({ at: 0, frames: 180 });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  },
);
