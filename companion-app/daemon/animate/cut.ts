/** A run as a cut: boards on V1, clips above them, sound below. Pure. */
import { clipFrames, NO_HANDLES } from '../../../shared/shot';
import type { Timeline, TimelineClip, TimelineMarker, TimelineTake } from '../../interchange/timeline';
import { soundTracks } from './sound-tracks';
import type { OtherTake, Run, RunShot } from './run';

/** Notes as markers over their shots, so that they stay with the picture in any editor. */
const noteMarker = (item: RunShot, frame: number): TimelineMarker[] =>
  item.shot.notes === '' ? [] : [{ frame, frames: item.shot.frames, name: item.shot.name, comment: item.shot.notes }];

function boardClips(item: RunShot): TimelineClip[] {
  return item.boards.flatMap((board, index) => {
    const end = item.boards[index + 1]?.at ?? item.shot.frames;
    if (board.path === null || end <= board.at) return [];
    return [
      {
        name: board.name.replace(/\.[^.]+$/, ''),
        start: item.shot.startFrame + board.at,
        frames: end - board.at,
        sourceIn: 0,
        media: { path: board.path, kind: 'still' as const },
        takes: [],
        markers: [],
        enabled: true,
        facts: { role: 'board' },
      },
    ];
  });
}

function takeClip(item: RunShot): TimelineClip[] {
  if (!item.take || item.clip === undefined) return [];
  const { handles = NO_HANDLES } = item.take;
  const taken = ({ takeNumber, take, clip }: OtherTake): TimelineTake => ({
    name: `take ${takeNumber}`,
    media: { path: clip, kind: 'movie', frames: clipFrames(take, take.handles) },
  });
  const used = taken({ takeNumber: item.takeNumber, take: item.take, clip: item.clip });
  return [
    {
      name: item.shot.name,
      start: item.shot.startFrame,
      frames: item.shot.frames,
      sourceIn: handles.before,
      media: used.media,
      takes: [used, ...(item.others ?? []).map(taken)],
      markers: noteMarker(item, 0),
      enabled: true,
      facts: {
        role: 'take',
        take: item.takeNumber,
        engine: item.take.engine,
        provider: item.take.provider,
        seed: item.take.seed,
      },
    },
  ];
}

/** The cut of this run. Shots without a clip keep their boards, so that nothing moves. */
export function cutOfRun(run: Run): Timeline {
  return {
    name: run.title,
    rate: run.rate,
    dropFrame: run.dropFrame,
    size: run.size,
    startFrame: run.startTimecodeFrame,
    tracks: [
      { name: 'V1 boards', kind: 'video', clips: run.shots.flatMap(boardClips) },
      { name: 'V2 animatics', kind: 'video', clips: run.shots.flatMap(takeClip) },
      ...soundTracks(run.sounds, lastFrame(run)).map((sounds, i) => ({
        name: `A${i + 1}`,
        kind: 'audio' as const,
        clips: sounds.map(({ path, startFrame, frames, inFrame }) => ({
          name: path.split(/[\\/]/).pop() ?? 'sound',
          start: startFrame,
          frames,
          sourceIn: inFrame ?? 0,
          media: { path, kind: 'sound' as const },
          takes: [],
          markers: [],
          enabled: true,
          facts: {},
        })),
      })),
    ],
    markers: run.shots.flatMap((item) => noteMarker(item, item.shot.startFrame)),
  };
}

/** Frame after the last shot. */
export function lastFrame(run: Run): number {
  return Math.max(0, ...run.shots.map((item) => item.shot.startFrame + item.shot.frames));
}
