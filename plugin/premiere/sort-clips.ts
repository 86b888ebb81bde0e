/** Sorts the clips of a timeline into boards and all the rest, and says which of the rest an artist may have meant. */
import { problem, type Problem } from '../../shared/problem';
import { LIMITS } from '../../shared/protocol/limits';
import { nearestFrame, type FrameRate } from '../../shared/shot';
import { classify, type ClipKind } from './classify';
import type { BoardSpan } from './group-shots';
import { fileName, isStill } from './paths';
import { boardOffline } from './problems';
import { boardName, parseBoardName } from '../../shared/shot/board-name';
import type { ClipReading, TrackReading } from './tracks';

/** A board's clip with its place in frames. */
export interface BoardClip extends BoardSpan {
  readonly clip: ClipReading;
}

/** A clip that is no board. */
export interface OtherClip {
  readonly clip: ClipReading;
  readonly kind: Exclude<ClipKind, 'board'>;
}

/** Why a clip in a board's place is not animated; null where that needs no word. */
export function notABoard(clip: ClipReading, kind: ClipKind): Problem | null {
  const name = clip.name === '' ? 'A clip' : clip.name;
  if (kind === 'offline') return boardOffline(name).problem;
  const draft = { code: 'shot-invalid', safe: 'The other shots are not affected.' } as const;
  if (kind === 'nested') {
    return problem({
      ...draft,
      message: `${name} is a nested sequence, not a board.`,
      action: 'Open the nested sequence and animate its boards there.',
    });
  }
  if (kind === 'video') {
    return problem({
      ...draft,
      message: `${name} is a video clip, not a board.`,
      action: 'Only still pictures are animated; export a frame as a still to use it as a board.',
    });
  }
  if (kind === 'hidden') {
    return problem({ ...draft, message: `${name} is disabled.`, action: 'Enable it (Clip > Enable) to animate it.' });
  }
  return problem({
    ...draft,
    message: `${name} has no picture of its own.`,
    action: 'Place a still picture in its stead.',
  });
}

function worthSaying(clip: ClipReading, kind: ClipKind): boolean {
  if (kind === 'hidden' || kind === 'synthetic') return false;
  return parseBoardName(clip.name).code === 'token' || (kind === 'offline' && isStill(clip.name));
}

/** Boards by track, bottom first and by start. */
interface SortedClips {
  readonly boards: readonly (readonly BoardClip[])[];
  readonly others: readonly OtherClip[];
  readonly problems: readonly Problem[];
}

/** Sorts all clips but our own takes. */
export async function sortClips(
  tracks: readonly TrackReading[],
  takes: ReadonlySet<ClipReading>,
  rate: FrameRate,
): Promise<SortedClips> {
  const boards: BoardClip[][] = [];
  const others: OtherClip[] = [];
  const problems: Problem[] = [];
  for (const { index, clips } of tracks) {
    const onTrack: BoardClip[] = [];
    const candidates = clips.filter((clip) => !takes.has(clip));
    const kinds = await Promise.all(candidates.map((clip) => classify(clip)));
    candidates.forEach((clip, i) => {
      const kind = kinds[i] ?? 'synthetic';
      if (kind !== 'board') {
        others.push({ clip, kind });
        const said = worthSaying(clip, kind) ? notABoard(clip, kind) : null;
        if (said) problems.push(said);
        return;
      }
      const start = nearestFrame(clip.start, rate);
      const end = nearestFrame(clip.end, rate);
      const name = boardName(clip.name.slice(0, LIMITS.nameLength), fileName(clip.mediaPath));
      if (end > start) onTrack.push({ clip, start, end, trackIndex: index, name });
      else {
        problems.push(
          problem({
            code: 'shot-empty',
            message: `${clip.name} is shorter than one frame.`,
            safe: 'The other shots are not affected.',
            action: 'Trim it to at least one frame, or delete it.',
          }),
        );
      }
    });
    boards.push(onTrack);
  }
  return { boards, others, problems };
}
