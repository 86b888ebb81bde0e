/** Puts consecutive boards of one track together into shots. Pure: frames and names in, shots out. */
import { LIMITS } from '../../shared/protocol/limits';
import type { MarkerReading } from './notes-source';
import { parseBoardName, type BoardName } from '../../shared/shot/board-name';

/** A board on a track, in frames from the sequence's zero, half-open. */
export interface BoardSpan {
  readonly start: number;
  readonly end: number;
  readonly trackIndex: number;
  readonly name: BoardName;
}

/** Boards that touch and belong together, by time. */
export interface BoardGroup<B extends BoardSpan> {
  readonly shotName: string;
  readonly boards: readonly [B, ...B[]];
}

/** The shortest marker with a length that covers both boards whole. */
function commonMarker(a: BoardSpan, b: BoardSpan, markers: readonly MarkerReading[]): MarkerReading | null {
  const covering = markers.filter((m) => m.end > m.start && m.start <= a.start && m.end >= b.end);
  return covering.reduce<MarkerReading | null>(
    (best, m) => (!best || m.end - m.start < best.end - best.start ? m : best),
    null,
  );
}

/** The shots that these names tell for sure: one at most where they can be of one shot. */
function namedShots(names: readonly BoardName[]): ReadonlySet<string> {
  return new Set(names.filter(({ code }) => code === 'token').map(({ shot }) => shot.toLowerCase()));
}

/** Whether a board goes on with the shot that the boards before it, which it touches, have begun. */
function belongs(
  open: readonly [BoardSpan, ...BoardSpan[]],
  board: BoardSpan,
  markers: readonly MarkerReading[],
): boolean {
  const last = open[open.length - 1] ?? open[0];
  if (last.name.shot.toLowerCase() === board.name.shot.toLowerCase()) return true;
  // A scene's long marker lies over many shots: boards that name two different shots stay apart.
  const marker = commonMarker(last, board, markers);
  return marker !== null && namedShots([...open, board].map(({ name }) => name)).size <= 1;
}

function groupName(boards: readonly [BoardSpan, ...BoardSpan[]], markers: readonly MarkerReading[]): string {
  const [first] = boards;
  const named = boards.find(({ name }) => name.code === 'token');
  if (named) return named.name.shot;
  const last = boards[boards.length - 1] ?? first;
  if (boards.some(({ name }) => name.shot.toLowerCase() !== first.name.shot.toLowerCase())) {
    const marker = commonMarker(first, last, markers);
    const parsed = parseBoardName(marker?.name ?? '');
    if (parsed.code === 'token') return parsed.shot;
  }
  return first.name.shot;
}

/**
 * Groups the boards of one track, given by start. A gap ends a shot, and so do the limits on a shot's boards and frames.
 */
export function groupBoards<B extends BoardSpan>(
  boards: readonly B[],
  markers: readonly MarkerReading[],
): readonly BoardGroup<B>[] {
  const groups: [B, ...B[]][] = [];
  for (const board of boards) {
    const open = groups[groups.length - 1];
    const last = open?.[open.length - 1];
    const fits =
      open !== undefined &&
      last !== undefined &&
      last.end === board.start &&
      open.length < LIMITS.boardsPerShot &&
      board.end - open[0].start <= LIMITS.framesPerShot &&
      belongs(open, board, markers);
    if (fits) open.push(board);
    else groups.push([board]);
  }
  return groups.map((group) => ({ shotName: groupName(group, markers), boards: group }));
}

/** Ids for shots in order of time: the name, numbered from the second of its name on. Stable while names and order are. */
export function shotIds(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  return names.map((name) => {
    const key = name.toLowerCase();
    let n = (counts.get(key) ?? 0) + 1;
    const id = (): string => (n === 1 ? name : `${name}#${n}`);
    while (taken.has(id().toLowerCase())) n += 1;
    counts.set(key, n);
    taken.add(id().toLowerCase());
    return id();
  });
}
