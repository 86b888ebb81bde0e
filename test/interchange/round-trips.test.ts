/** Written and read again, a cut is the same: everything its format has room for, frame for frame, at every rate, hours in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { readTimeline } from '../../companion-app/interchange/in';
import { writeEdl, writeFcp7Xml, writeFcpXml, writeOtio } from '../../companion-app/interchange/out';
import type {
  Timeline,
  TimelineClip,
  TimelineMarker,
  TimelineTake,
  TimelineTrack,
} from '../../companion-app/interchange/timeline';
import { frameRate, nominalRate, RATES, type FrameRate } from '../../shared/shot';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'round-trip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TWO_HOURS = 2 * 3600 * 120;
/** Names that some writer, parser or program trips over. */
const ODD = [
  'a]]>b',
  '<!-- -->',
  '&amp; &#10;',
  'two\nlines\r\nand\ta tab',
  'bell\u0007 and non-character \uFFFE',
  'true',
  '007',
  '-5',
  '=HYPERLINK("x")',
  "'=1",
  '* COMMENT: x |M:y |D:3',
  '😀 e\u0301 ﷺ',
  'x'.repeat(300),
];
const word = fc
  .oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^[A-Za-z0-9äß&<"'#%é日 ]{1,12}$/) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }) },
  )
  .map((text) => text.trim() || 'x');
/** XML has no way to write these letters. */
const inXml = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
/** Edit lists have a line for a name, and the reel's where nothing is left of it. */
const onLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
const marker = (frames: number): fc.Arbitrary<TimelineMarker> =>
  fc.record({
    frame: fc.integer({ min: 0, max: frames - 1 }),
    frames: fc.constantFrom(0, 2, 12),
    name: word,
    comment: word,
  });

interface Draft {
  gap: number;
  frames: number;
  sourceIn: number;
  name: string;
  takes: number;
  enabled: boolean;
  markers: TimelineMarker[];
}

const draft: fc.Arbitrary<Draft> = fc.integer({ min: 1, max: 400 }).chain((frames) =>
  fc.record({
    gap: fc.constantFrom(0, 0, 1, 24, TWO_HOURS),
    frames: fc.constant(frames),
    sourceIn: fc.constantFrom(0, 0, 8),
    name: word,
    takes: fc.integer({ min: 1, max: 3 }),
    enabled: fc.boolean(),
    markers: fc.array(marker(frames), { maxLength: 2 }),
  }),
);

function track(name: string, kind: 'still' | 'movie' | 'sound', drafts: readonly Draft[]): TimelineTrack {
  let at = 0;
  const clips = drafts.map((d, n): TimelineClip => {
    const start = at + d.gap;
    at = start + d.frames;
    const file = (take: number): string =>
      path.join(folder, `${name}_${n}_t${take} ä#.${kind === 'still' ? 'png' : kind === 'movie' ? 'mov' : 'wav'}`);
    const sourceIn = kind === 'still' ? 0 : d.sourceIn;
    const length = kind === 'still' ? {} : { frames: sourceIn + d.frames + 16 };
    const takes: TimelineTake[] =
      kind === 'movie' && d.takes > 1
        ? Array.from({ length: d.takes }, (_, t) => ({
            name: `take ${t + 1}`,
            media: { path: file(t + 1), kind, ...length },
          }))
        : [];
    return {
      name: d.name,
      start,
      frames: d.frames,
      sourceIn,
      media: { path: file(1), kind, ...length },
      takes,
      markers: kind === 'movie' ? d.markers : [],
      enabled: kind === 'movie' ? d.enabled : true,
      facts: kind === 'movie' ? { role: 'take', seed: n } : {},
    };
  });
  return { name, kind: kind === 'sound' ? 'audio' : 'video', clips };
}

const rates: readonly { rate: FrameRate; dropFrame: boolean }[] = [
  { rate: RATES['23.976'], dropFrame: false },
  { rate: RATES['24'], dropFrame: false },
  { rate: RATES['25'], dropFrame: false },
  { rate: RATES['29.97'], dropFrame: true },
  { rate: RATES['29.97'], dropFrame: false },
  { rate: RATES['30'], dropFrame: false },
  { rate: frameRate(48), dropFrame: false },
  { rate: RATES['50'], dropFrame: false },
  { rate: RATES['59.94'], dropFrame: true },
  { rate: RATES['59.94'], dropFrame: false },
  { rate: RATES['60'], dropFrame: false },
  { rate: frameRate(120_000, 1001), dropFrame: false },
];

const timelines: fc.Arbitrary<Timeline> = fc
  .record({
    name: word,
    at: fc.constantFrom(...rates),
    startFrame: fc.constantFrom(0, 86_400, 107_892),
    boards: fc.array(draft, { minLength: 1, maxLength: 4 }),
    takes: fc.array(draft, { minLength: 1, maxLength: 4 }),
    sounds: fc.array(draft, { maxLength: 2 }),
    markers: fc.array(marker(1000), { maxLength: 2 }),
  })
  .map(({ name, at, startFrame, boards, takes, sounds, markers }) => ({
    name,
    ...at,
    startFrame,
    size: { width: 1920, height: 1080 },
    tracks: [
      track('V1', 'still', boards),
      track('V2', 'movie', takes),
      ...(sounds.length > 0 ? [track('A1', 'sound', sounds)] : []),
    ],
    markers,
  }));

/** What a format is asked to bring back. */
interface Kept {
  readonly takes?: boolean;
  readonly facts?: boolean;
  readonly mediaFrames?: boolean;
  /** What becomes of a text. */
  readonly text?: (text: string) => string;
}

const sorted = (markers: readonly TimelineMarker[], text: (text: string) => string): TimelineMarker[] =>
  markers
    .map(({ frame, frames, name, comment }) => ({ frame, frames, name: text(name), comment: text(comment) }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

function seen(timeline: Timeline, kept: Kept): unknown {
  const text = kept.text ?? ((same: string) => same);
  return {
    name: text(timeline.name),
    rate: timeline.rate,
    dropFrame: timeline.dropFrame,
    startFrame: timeline.startFrame,
    size: timeline.size,
    markers: sorted(timeline.markers, text),
    tracks: timeline.tracks.map(({ kind, clips }) => ({
      kind,
      clips: clips.map((clip) => ({
        name: text(clip.name),
        start: clip.start,
        frames: clip.frames,
        sourceIn: clip.sourceIn,
        path: clip.media.path,
        kind: clip.media.kind,
        enabled: clip.enabled,
        markers: sorted(clip.markers, text),
        ...(kept.mediaFrames && clip.media.kind !== 'still' ? { length: clip.media.frames } : {}),
        ...(kept.takes ? { takes: clip.takes.map((take) => [take.name, take.media.path]) } : {}),
        ...(kept.facts ? { facts: clip.facts } : {}),
      })),
    })),
  };
}

let count = 0;
async function through(text: string, extension: string, rate?: FrameRate): Promise<Timeline> {
  const file = path.join(folder, `cut-${count++}.${extension}`);
  writeFileSync(file, text);
  return readTimeline(file, rate ? { rate } : {});
}

const runs = { numRuns: 60 };

test('OTIO brings back everything', async () => {
  const kept = { takes: true, facts: true, mediaFrames: true };
  await fc.assert(
    fc.asyncProperty(timelines, async (cut) => {
      expect(seen(await through(writeOtio(cut), 'otio'), kept)).toEqual(seen(cut, kept));
    }),
    runs,
  );
});

test('FCPXML brings back everything but track names', async () => {
  const kept = { takes: true, mediaFrames: true, text: inXml };
  await fc.assert(
    fc.asyncProperty(timelines, async (cut) => {
      const read = await through(writeFcpXml(cut), 'fcpxml');
      expect(seen(read, kept)).toEqual(seen(cut, kept));
      expect(read.tracks[1]?.clips.map((clip) => clip.facts)).toEqual(cut.tracks[1]?.clips.map((clip) => clip.facts));
    }),
    runs,
  );
});

test('FCP7 XML brings back everything but which clip another take belongs to, and our facts', async () => {
  const kept = { mediaFrames: true, text: inXml };
  await fc.assert(
    fc.asyncProperty(timelines, async (cut) => {
      expect(seen(await through(writeFcp7Xml(cut), 'xml'), kept)).toEqual(seen(cut, kept));
    }),
    runs,
  );
});

test('media named relative to the timeline are found again', async () => {
  await fc.assert(
    fc.asyncProperty(timelines, async (cut) => {
      for (const { media } of cut.tracks.flatMap((t) => t.clips)) writeFileSync(media.path, '');
      for (const [text, extension] of [
        [writeOtio(cut, { relativeTo: folder }), 'otio'],
        [writeFcpXml(cut, { relativeTo: folder }), 'fcpxml'],
        [writeFcp7Xml(cut, { relativeTo: folder }), 'xml'],
      ] as const) {
        const read = await through(text, extension);
        expect(read.tracks.map((t) => t.clips.map((c) => path.basename(c.media.path)))).toEqual(
          cut.tracks.map((t) => t.clips.map((c) => path.basename(c.media.path))),
        );
      }
    }),
    { numRuns: 15 },
  );
});

test('an EDL brings back the places, names and files of one track', async () => {
  await fc.assert(
    fc.asyncProperty(timelines, async (cut) => {
      // A day has so many frames; beyond it timecode begins again.
      const last = cut.tracks[1]?.clips.at(-1);
      fc.pre(cut.tracks[1]?.clips.some((clip) => clip.enabled) === true);
      fc.pre(
        last !== undefined &&
          cut.startFrame + last.start + last.frames < 24 * 3600 * Math.floor(nominalRate(cut.rate) * 0.999),
      );
      const read = await through(writeEdl(cut, 'V2'), 'edl', cut.rate);
      const used = cut.tracks[1].clips.filter((clip) => clip.enabled);
      const from = read.startFrame;
      expect(
        read.tracks[0]?.clips.map((c) => [c.name, from + c.start, c.frames, c.sourceIn, c.media.path]) ?? [],
      ).toEqual(
        used.map((c) => [onLine(c.name) || 'AX', cut.startFrame + c.start, c.frames, c.sourceIn, c.media.path]),
      );
    }),
    runs,
  );
});
