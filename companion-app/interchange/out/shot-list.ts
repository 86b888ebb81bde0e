/** The cut as lists for spreadsheets and logs: a CSV shot list, and an ALE (Avid Log Exchange), every take in both. */
import Papa from 'papaparse';
import { formatTimecode, framesToSeconds, nominalRate, type FrameRate } from '../../../shared/shot';
import { spreadsheetText } from '../formula';
import type { Timeline, TimelineClip, TimelineTrack } from '../timeline';
import { oneLine } from './one-line';

const notesOf = (clip: TimelineClip): string =>
  clip.markers
    .map((m) => m.comment || m.name)
    .filter((text) => text !== '')
    .join(' / ');

const trackNamed = (timeline: Timeline, name: string): TimelineTrack | undefined =>
  timeline.tracks.find((track) => track.kind === 'video' && track.name === name);

const inOrder = (track: TimelineTrack | undefined): TimelineClip[] =>
  [...(track?.clips ?? [])].sort((a, b) => a.start - b.start);

/** Boards under a clip, by what is on the tracks below. */
function boardsUnder(clip: TimelineClip, timeline: Timeline, track: TimelineTrack | undefined): string {
  const end = clip.start + clip.frames;
  const below = timeline.tracks.filter((other) => other.kind === 'video' && other !== track);
  return below
    .flatMap((other) => other.clips)
    .filter((board) => board.media.kind === 'still' && board.start < end && board.start + board.frames > clip.start)
    .sort((a, b) => a.start - b.start)
    .map((board) => fileName(board.media.path))
    .join('; ');
}

const fileName = (file: string): string => file.split(/[\\/]/).pop() ?? file;

/**
 * One video track as a CSV shot list, a row a shot: place, length, words, takes. The first line names the columns; the text begins with a byte
 * order mark so that spreadsheets read it as UTF-8.
 */
export function writeShotList(timeline: Timeline, trackName: string): string {
  const track = trackNamed(timeline, trackName);
  const { rate, dropFrame, startFrame } = timeline;
  const tc = (frame: number): string => formatTimecode(startFrame + frame, rate, dropFrame);
  const rows = inOrder(track).map((clip) => ({
    shot: spreadsheetText(clip.name),
    start: tc(clip.start),
    end: tc(clip.start + clip.frames),
    frames: clip.frames,
    seconds: framesToSeconds(clip.frames, rate).toFixed(3),
    notes: spreadsheetText(notesOf(clip)),
    boards: spreadsheetText(boardsUnder(clip, timeline, track)),
    file: spreadsheetText(clip.media.path),
    takes: spreadsheetText(clip.takes.map((take) => `${take.name}: ${fileName(take.media.path)}`).join('; ')),
    enabled: clip.enabled ? 'yes' : 'no',
    engine: spreadsheetText(String(clip.facts.engine ?? '')),
    seed: String(clip.facts.seed ?? ''),
  }));
  const columns = [
    'shot',
    'start',
    'end',
    'frames',
    'seconds',
    'notes',
    'boards',
    'file',
    'takes',
    'enabled',
    'engine',
    'seed',
  ];
  return `\uFEFF${Papa.unparse({ fields: columns, data: rows.map((row) => Object.values(row)) }, { newline: '\r\n' })}\r\n`;
}

/** As Avid writes rates: "23.976", "29.97", "24". */
function aleRate(rate: FrameRate): string {
  if (rate.den === 1) return String(rate.num);
  const nominal = nominalRate(rate);
  return nominal === 24 ? '23.976' : (Math.floor((nominal * 100_000) / 1001) / 100).toFixed(2);
}

/**
 * One video track as an ALE, a row a take, the used one marked. Timecodes are those of the files: they begin at 00:00:00:00.
 * The format names its picture by height alone; frame sizes it does not know are CUSTOM.
 */
export function writeAle(timeline: Timeline, trackName: string): string {
  const { rate, dropFrame, size } = timeline;
  const tc = (frame: number): string => formatTimecode(frame, rate, dropFrame);
  const columns = [
    'Name',
    'Tracks',
    'Start',
    'End',
    'Duration',
    'FPS',
    'Tape',
    'Source File',
    'Source Path',
    'Scene',
    'Take',
    'Used',
    'Engine',
    'Seed',
    'Comments',
  ];
  const rows = inOrder(trackNamed(timeline, trackName)).flatMap((clip) => {
    const takes = clip.takes.length > 0 ? clip.takes : [{ name: '', media: clip.media }];
    return takes.map(({ name, media }) => {
      const used = media.path === clip.media.path;
      const file = fileName(media.path);
      const own = used ? clip.facts : {};
      return [
        used ? clip.name : `${clip.name} ${name}`,
        'V',
        tc(clip.sourceIn),
        tc(clip.sourceIn + clip.frames),
        tc(clip.frames),
        aleRate(rate),
        file.replace(/\.[^.]+$/, ''),
        file,
        media.path,
        clip.name,
        name.replace(/^take /, ''),
        used ? 'yes' : '',
        String(own.engine ?? ''),
        String(own.seed ?? ''),
        notesOf(clip),
      ].map(oneLine);
    });
  });
  const format =
    size.width === 1920 && size.height === 1080
      ? '1080'
      : size.width === 1280 && size.height === 720
        ? '720'
        : 'CUSTOM';
  const heading = [
    ['FIELD_DELIM', 'TABS'],
    ['VIDEO_FORMAT', format],
    ['AUDIO_FORMAT', '48khz'],
    ['FPS', aleRate(rate)],
  ];
  const lines = ['Heading', ...heading.map((row) => row.join('\t')), '', 'Column', columns.join('\t'), '', 'Data'];
  return `${[...lines, ...rows.map((row) => row.join('\t'))].join('\r\n')}\r\n`;
}
