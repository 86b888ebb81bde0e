/** A board's pixels: its own file where that can be read, else Premiere's picture of the sequence at the board. */
import { InbetweenError } from '../../shared/problem';
import { LIMITS } from '../../shared/protocol/limits';
import { framesToTicks, nearestFrame, type FrameRate } from '../../shared/shot';
import type { PremiereApi } from './api';
import { bind, type Bound } from './bind';
import { awaitExport, possibleNames, type ExportedFile } from './exported-file';
import { readFrameSetup } from './frame-setup';
import { withTakesHidden } from './hide-takes';
import { orElse } from './host-values';
import type { BoardReading, ExportedBoard, HostDependencies, SequenceRef } from './host';
import { overlaps } from './own-takes';
import { isDecodable, samePathKey } from './paths';
import { boardEmpty, boardMoved, boardOffline, exportFailed } from './problems';
import { steadily } from './steady';
import { tickTime } from './ticks';
import { readVideoTracks, type ClipReading } from './tracks';

interface BoardNow {
  readonly bound: Bound;
  readonly clip: ClipReading;
  readonly rate: FrameRate;
  readonly size: { readonly width: number; readonly height: number };
}

/** The board's clip as it lies now. Throws host-board-changed where another clip or none is in its place. */
async function findBoard(ppro: PremiereApi, ref: SequenceRef, board: BoardReading): Promise<BoardNow> {
  const bound = await bind(ppro, ref);
  const { rate, size } = await readFrameSetup(ppro, bound.sequence);
  const tracks = await readVideoTracks(ppro, bound.sequence);
  const clip = tracks
    .flatMap((track) => track.clips)
    .find((c) => c.trackIndex === board.trackIndex && nearestFrame(c.start, rate) === board.itemStartFrame);
  if (!clip || samePathKey(clip.mediaPath) !== samePathKey(board.mediaPath ?? '')) throw boardMoved(board.name);
  return { bound, clip, rate, size };
}

async function isOffline({ clip }: ClipReading): Promise<boolean> {
  return clip ? orElse(() => clip.isOffline(), false) : false;
}

/**
 * Reads the still's own file. Null where Premiere has to make the picture: a format the companion does not decode, a
 * file too large to send, or one that the runtime may not open (the manifest asks for no more than it needs).
 * Throws board-missing or board-unreadable where Premiere's picture would be no better.
 */
async function readMedia(deps: HostDependencies, board: BoardReading): Promise<ExportedBoard | null> {
  const path = board.mediaPath;
  if (path === null || !isDecodable(path)) return null;
  try {
    if (!(await deps.files.exists(path))) throw boardOffline(board.name);
    const size = await deps.files.size(path);
    if (size === 0) throw boardEmpty(board.name);
    if (size > LIMITS.boardBytes) return null;
    const bytes = await deps.files.readFile(path);
    if (bytes.length === 0) throw boardEmpty(board.name);
    return { path, bytes, source: 'media' };
  } catch (thrown) {
    if (thrown instanceof InbetweenError) throw thrown;
    return null;
  }
}

/** The middle of the board: clear of a dissolve at either end. */
function middle({ clip, rate }: BoardNow): bigint {
  const start = nearestFrame(clip.start, rate);
  const end = nearestFrame(clip.end, rate);
  return framesToTicks(start + Math.floor((end - start) / 2), rate);
}

async function exportFrame(
  ppro: PremiereApi,
  deps: HostDependencies,
  ref: SequenceRef,
  now: BoardNow,
  { name, base }: { readonly name: string; readonly base: string },
): Promise<ExportedFile> {
  // Handles may have died with the transaction that hid the takes.
  const { sequence } = await bind(ppro, ref);
  const time = tickTime(ppro, middle(now));
  let why = '';
  try {
    await ppro.Exporter.exportSequenceFrame(
      sequence,
      time,
      `${base}.png`,
      deps.tempFolder,
      now.size.width,
      now.size.height,
    );
  } catch (thrown) {
    // The file may come all the same.
    why = thrown instanceof Error ? thrown.message : String(thrown);
  }
  const file = await awaitExport(deps, possibleNames(deps.tempFolder, base));
  if (!file) throw exportFailed(name, why);
  return file;
}

async function exportComposite(
  ppro: PremiereApi,
  deps: HostDependencies,
  ref: SequenceRef,
  board: BoardReading,
  base: string,
): Promise<ExportedBoard> {
  const now = await steadily(deps.wait, 'read the timeline', () => findBoard(ppro, ref, board));
  if (await isOffline(now.clip)) throw boardOffline(board.name);
  const frame = middle(now);
  try {
    const file = await withTakesHidden(
      ppro,
      deps,
      ref,
      (take) => overlaps(take.clip, frame, frame + 1n),
      () => exportFrame(ppro, deps, ref, now, { name: board.name, base }),
    );
    return { ...file, source: 'composite' };
  } finally {
    for (const path of possibleNames(deps.tempFolder, base)) await deps.files.remove(path).catch(() => undefined);
  }
}

/** Makes the exporter; `edits` queues what may not overlap with another edit. */
export function boardExporter(
  ppro: PremiereApi,
  deps: HostDependencies,
  edits: <T>(task: () => Promise<T>) => Promise<T>,
) {
  let count = 0;
  return async (ref: SequenceRef, board: BoardReading): Promise<ExportedBoard> => {
    const media = await readMedia(deps, board);
    if (media) return media;
    count += 1;
    const base = `inbetween-board-${deps.now().toString(36)}-${count}`;
    return edits(() => exportComposite(ppro, deps, ref, board, base));
  };
}
