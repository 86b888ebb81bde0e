/** Finds the shot that a take was made for on a timeline that the artist may have edited meanwhile. Pure. */
import type { PlaceRequest, ShotReading } from './host';

type ShotNow =
  | { readonly found: 'here' | 'moved'; readonly shot: ShotReading }
  | { readonly found: 'trimmed'; readonly shot: ShotReading }
  | { readonly found: 'gone' }
  | { readonly found: 'ambiguous' };

type Asked = Pick<PlaceRequest, 'shotName' | 'startFrame' | 'frames' | 'trackAbove' | 'boards'>;

function hasBoards(shot: ShotReading, boards: readonly string[] | undefined): boolean {
  return (
    boards !== undefined &&
    boards.length === shot.boards.length &&
    shot.boards.every((board, i) => board.name === boards[i])
  );
}

/**
 * In place: same name or same boards, same frames, on the asked track where several fit. Moved: the only shot of that
 * name (or, renamed, of those boards) has the same length elsewhere. A name that several shots bear decides nothing.
 */
export function findShotNow(shots: readonly ShotReading[], asked: Asked): ShotNow {
  const byName = shots.filter(({ draft }) => draft.name.toLowerCase() === asked.shotName.toLowerCase());
  const byBoards = shots.filter((shot) => hasBoards(shot, asked.boards));
  const here = [...byName, ...byBoards].filter(
    ({ draft }) => draft.startFrame === asked.startFrame && draft.frames === asked.frames,
  );
  const inPlace = here.find((shot) => shot.trackIndex === asked.trackAbove) ?? here[0];
  if (inPlace) return { found: 'here', shot: inPlace };

  const both = byName.filter((shot) => byBoards.includes(shot));
  const candidates = both.length > 0 ? both : byName.length > 0 ? byName : byBoards;
  const [only, ...more] = candidates;
  if (!only) return { found: 'gone' };
  if (more.length > 0) return { found: 'ambiguous' };
  return { found: only.draft.frames === asked.frames ? 'moved' : 'trimmed', shot: only };
}
