/** The shot editor's side of the companion: shots of the queue, glimpses from the preview process. */
import { InbetweenError } from '../../../../shared/problem';
import type { JobRow } from '../../../../shared/protocol';
import type { Sha256, Shot } from '../../../../shared/shot';
import type { EditorPort } from '../../../gateway/api/editor';
import type { ShotAsk } from '../../../render/preview/messages';
import { PreviewDesk, type Told } from './preview-desk';
import { entriesOf, required, shotKey, takesOf } from './shots';

export interface EditorParts {
  readonly queue: {
    list(): { readonly jobs: readonly JobRow[] };
    find(jobId: string): JobRow | undefined;
  };
  readonly shelf: { pathOf(board: Sha256): Promise<string | null> };
  readonly desk: PreviewDesk;
}

export interface EditorPages {
  readonly port: EditorPort;
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const IDLE_MS = 90_000;

export function editorPages(
  parts: Pick<EditorParts, 'queue' | 'shelf'>,
  { entry, packsDir }: { readonly entry: string; readonly packsDir: string },
): EditorPages {
  const desk = new PreviewDesk({ entry, packsDir, patienceMs: PATIENCE_MS, idleMs: IDLE_MS });
  return { port: editorPort({ ...parts, desk }), stop: () => desk.close() };
}

export function editorPort({ queue, shelf, desk }: EditorParts): EditorPort {
  const sameShot = (row: JobRow): JobRow[] => {
    const key = shotKey(row);
    return queue.list().jobs.filter((other) => shotKey(other) === key);
  };
  const filesOf = async (shot: Shot): Promise<ShotAsk['boards']> => {
    const wanted = [
      ...shot.boards.map(({ board }) => board),
      ...(shot.regions ?? []).flatMap(({ mask }) => mask ?? []),
    ];
    const found = await Promise.all(
      [...new Set(wanted)].map(async (sha256) => ({ sha256, path: await shelf.pathOf(sha256) })),
    );
    return found.flatMap(({ sha256, path: file }) => (file === null ? [] : [{ sha256, path: file }]));
  };
  const glimpse = async (stream: string, ask: ShotAsk): Promise<Uint8Array> => pictureOf(await desk.ask(stream, ask));
  return {
    shots: async () => Promise.resolve({ shots: entriesOf(queue.list().jobs) }),
    shot: async (jobId) => {
      const row = required(queue.find(jobId));
      const rows = sameShot(row);
      const nextTake = Math.min(9999, Math.max(...rows.map(({ spec }) => spec.take)) + 1);
      return Promise.resolve({ spec: row.spec, takes: takesOf(rows), nextTake });
    },
    frame: async ({ stream, shot, seed, frame, width }) =>
      glimpse(`frame ${stream}`, { kind: 'frame', shot, boards: await filesOf(shot), seed, frame, width }),
    framing: async ({ stream, shot, seed, frames }) => {
      const ask: ShotAsk = { kind: 'framing', shot, boards: await filesOf(shot), seed, frames };
      const told = await desk.ask(`framing ${stream}`, ask);
      if (told.type !== 'framing') throw new InbetweenError(ODD);
      return { quads: told.quads };
    },
    board: async ({ stream, shot, seed, as, frame, width }) => {
      const kind = as === 'relief' ? 'relief' : 'board';
      const ask: ShotAsk = { kind, shot, boards: await filesOf(shot), seed, frame, width };
      return glimpse(`${kind} ${stream}`, ask);
    },
    take: async ({ jobId, what }) => {
      const { take } = required(queue.find(jobId));
      const clip = take?.proxy ?? (take?.codec === 'h264' ? take.path : undefined);
      const file = what === 'clip' ? clip : take?.thumbnails[Number(what)];
      if (file === undefined) throw new InbetweenError(NO_PICTURE);
      return Promise.resolve({ type: what === 'clip' ? 'video/mp4' : 'image/jpeg', file });
    },
  };
}

/** The JPEG that was asked for. Throws 'internal' where something else was told. */
export function pictureOf(told: Told): Uint8Array {
  if (told.type === 'picture') return told.jpeg;
  throw new InbetweenError(ODD);
}

const ODD = { code: 'internal', message: 'The preview gave another answer than was asked for.' } as const;

const NO_PICTURE = {
  code: 'not-found',
  message: 'There is no such picture of this take.',
  safe: 'The take itself is untouched.',
  action: 'Render the shot again to compare with it.',
} as const;
