/** result.json: one row a shot, for programs. Frame counts are the timeline's; seconds are work, waiting not counted. */
import { formatMovesForPeople } from './words';
import { framesToSeconds, formatTimecode } from '../../../shared/shot';
import type { Run } from './run';

/** The run as plain JSON data. Files are named as they lie on disk, absolute. */
export function resultOfRun(run: Run): object {
  const made = run.shots.filter((item) => item.take !== undefined);
  const videoSeconds = made.reduce((sum, item) => sum + framesToSeconds(item.shot.frames, run.rate), 0);
  const workSeconds = run.shots.reduce((sum, item) => sum + (item.take?.seconds ?? 0), 0);
  return {
    version: run.version,
    title: run.title,
    fps: run.rate,
    dropFrame: run.dropFrame,
    size: run.size,
    shots: run.shots.map((item) => ({
      name: item.shot.name,
      state: item.state,
      file: item.clip ?? null,
      startFrame: item.shot.startFrame,
      timecode: formatTimecode(run.startTimecodeFrame + item.shot.startFrame, run.rate, run.dropFrame),
      frames: item.take?.frames ?? item.shot.frames,
      fps: run.rate,
      size: item.take?.size ?? item.shot.size,
      codec: item.take?.codec ?? null,
      bytes: item.take?.bytes ?? null,
      sha256: item.take?.sha256 ?? null,
      engine: item.take?.engine ?? null,
      provider: item.take?.provider ?? null,
      seed: item.take?.seed ?? null,
      take: item.takeNumber,
      notes: item.shot.notes,
      moves: item.moves,
      movesInWords: formatMovesForPeople(item.moves),
      seconds: item.take?.seconds ?? null,
      checks: item.take?.checks ?? [],
      warnings: item.take?.warnings ?? [],
      cost: item.take
        ? {
            workSeconds: item.take.seconds,
            workSecondsPerVideoSecond: item.take.seconds / framesToSeconds(item.shot.frames, run.rate),
          }
        : null,
      problem: item.problem ?? null,
    })),
    totals: {
      shots: run.shots.length,
      made: made.length,
      frames: made.reduce((sum, item) => sum + item.shot.frames, 0),
      videoSeconds,
      workSeconds,
      timesRealTime: workSeconds > 0 ? videoSeconds / workSeconds : null,
    },
  };
}
