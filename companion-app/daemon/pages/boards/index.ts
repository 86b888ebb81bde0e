/** The companion's storyboards: brought in over the pages, read by a process of their own, animated or handed to the panel. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../../shared/problem';
import { STORYBOARD_LIMITS, type StoryboardEntry, type StoryboardView } from '../../../../shared/protocol';
import type { BoardsPort } from '../../../gateway/api/boards';
import type { PageParts } from '../parts';
import { append, begin, complete } from './arrivals';
import { animateStoryboard } from './jobs';
import { readManifest, writeManifest, type Manifest } from './manifest';
import { planOf } from './plan';
import { Reader } from './reader';
import { readingFile, readingOf, type Reading, type StoryboardRead } from './reading';

type Parts = Pick<PageParts, 'queue' | 'shelf' | 'layout' | 'config' | 'clock' | 'log'>;

export interface BoardsPages {
  readonly port: BoardsPort;
  stop(): Promise<void>;
}

/** One storyboard as the daemon has it. */
interface Import {
  readonly id: string;
  readonly folder: string;
  manifest: Manifest;
  reading: Reading | null;
}

/** A storyboard that takes longer to read is given up. */
const PATIENCE_MS = 30 * 60_000;
/** One that stopped coming is forgotten after a day. */
const ABANDONED_MS = 24 * 3_600_000;

export function boardsPages(parts: Parts): BoardsPages {
  const root = path.join(parts.layout.root, 'storyboards');
  const reader = new Reader({ entry: parts.config.boardsEntry, patienceMs: PATIENCE_MS });
  const known = new Map<string, Import>();
  let opening: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Changes are made one after the other. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const run = last.then(act, act);
    last = run.catch(() => undefined);
    return run;
  };

  const startReading = (each: Import): void => {
    void reader.read(each.folder).then(async () => {
      each.reading = (await readingOf(each.folder)) ?? { problem: LOST };
      parts.log.info({ id: each.id, ok: 'shots' in each.reading }, 'a storyboard was read');
    });
  };

  /** What an earlier run has left: read storyboards are shown again, half-read ones are read anew. */
  const open = async (): Promise<void> => {
    await mkdir(root, { recursive: true, mode: 0o700 });
    for (const id of await readdir(root)) {
      const folder = path.join(root, id);
      const manifest = await readManifest(folder);
      const stale = manifest && !manifest.whole && manifest.at < parts.clock.now() - ABANDONED_MS;
      if (!manifest || stale) {
        await rm(folder, { recursive: true, force: true });
        continue;
      }
      const each: Import = { id, folder, manifest, reading: await readingOf(folder) };
      known.set(id, each);
      if (manifest.whole && !each.reading) startReading(each);
    }
  };
  const ready = (): Promise<void> => (opening ??= open());

  const find = async (id: string): Promise<Import> => {
    await ready();
    const found = known.get(id);
    if (!found) throw new InbetweenError(GONE);
    return found;
  };
  const readOf = async (id: string): Promise<{ each: Import; read: StoryboardRead }> => {
    const each = await find(id);
    if (!each.reading) throw new InbetweenError(NOT_READ);
    if ('problem' in each.reading) throw new InbetweenError(each.reading.problem);
    return { each, read: each.reading };
  };
  const list = async (): Promise<{ imports: StoryboardEntry[] }> => {
    await ready();
    return { imports: [...known.values()].map(entryOf).sort((a, b) => b.at - a.at) };
  };

  const port: BoardsPort = {
    list,
    begin: (asked) =>
      inTurn(async () => {
        await ready();
        if (known.size >= STORYBOARD_LIMITS.kept) throw new InbetweenError(TOO_MANY);
        const id = randomBytes(16).toString('hex');
        const folder = path.join(root, id);
        const manifest = { ...asked, at: parts.clock.now(), whole: false, wanted: false };
        await begin(folder, manifest);
        known.set(id, { id, folder, manifest, reading: null });
        return { id };
      }),
    part: ({ id, file, from, data }) =>
      inTurn(async () => {
        const { folder, manifest } = await find(id);
        return { bytes: await append(folder, manifest, { file, from, data: Buffer.from(data, 'base64') }) };
      }),
    read: ({ id, sheets }) =>
      inTurn(async () => {
        const each = await find(id);
        const { whole, sheets: before = 'auto' } = each.manifest;
        const other = sheets !== undefined && sheets !== before;
        if (whole && other && reader.isBusy(each.folder)) throw new InbetweenError(NOT_READ);
        if (!whole) await complete(each.folder, each.manifest);
        if (!whole || other) {
          await rm(readingFile(each.folder), { force: true });
          each.reading = null;
          each.manifest = { ...each.manifest, whole: true, ...(sheets === undefined ? {} : { sheets }) };
          await writeManifest(each.folder, each.manifest);
          startReading(each);
        }
        return viewOf(each);
      }),
    storyboard: async ({ id }) => viewOf(await find(id)),
    picture: async ({ id, n }) => {
      const { read } = await readOf(id);
      const board = read.shots.flatMap(({ boards }) => boards).find((each) => each.n === n);
      if (!board) throw new InbetweenError(GONE);
      return board.small;
    },
    animate: async ({ id, ...wish }) => {
      const { each, read } = await readOf(id);
      return inTurn(() => animateStoryboard(read, each.folder, parts, wish));
    },
    want: async ({ id, wanted }) => {
      const { each } = await readOf(id);
      await inTurn(async () => {
        each.manifest = { ...each.manifest, wanted };
        await writeManifest(each.folder, each.manifest);
      });
      return list();
    },
    remove: ({ id }) =>
      inTurn(async () => {
        const each = await find(id);
        if (reader.isBusy(each.folder)) throw new InbetweenError(BUSY);
        known.delete(id);
        await rm(each.folder, { recursive: true, force: true });
        return list();
      }),
    sequence: async ({ id }) => planOf((await readOf(id)).read),
  };
  return { port, stop: () => reader.close() };
}

function entryOf({ id, manifest, reading }: Import): StoryboardEntry {
  const base = { id, at: manifest.at, wanted: manifest.wanted, sheets: manifest.sheets ?? 'auto' };
  if (!reading) {
    const state = manifest.whole ? 'reading' : 'receiving';
    return { ...base, name: manifest.name, state, shots: 0, boards: 0 };
  }
  if ('problem' in reading)
    return { ...base, name: manifest.name, state: 'failed', problem: reading.problem, shots: 0, boards: 0 };
  const boards = reading.shots.reduce((sum, shot) => sum + shot.boards.length, 0);
  return { ...base, name: reading.name, state: 'ready', shots: reading.shots.length, boards };
}

function viewOf(each: Import): StoryboardView {
  const { reading } = each;
  if (!reading || 'problem' in reading) return entryOf(each);
  const { rate, dropFrame, timecodeZero, size, warnings } = reading;
  const shots = reading.shots.map(({ shot: _whole, boards, ...shown }) => ({
    ...shown,
    boards: boards.map(({ n, at, name }) => ({ n, at, name })),
  }));
  return { ...entryOf(each), read: { rate, dropFrame, timecodeZero, size, shots, warnings } };
}

const LOST = {
  code: 'board-unreadable',
  message: 'The program that reads storyboards did not live through this one.',
  safe: 'The files are as they were; nothing was queued.',
  action: 'Drop it again; if it happens again, export the storyboard another way (PNG pictures in a folder).',
  retry: true,
} as const;

const GONE = {
  code: 'not-found',
  message: 'The companion has no such storyboard any more.',
  safe: 'Nothing was changed.',
  action: 'Drop the storyboard again.',
} as const;

const NOT_READ = {
  code: 'busy',
  message: 'This storyboard is still being read.',
  safe: 'Nothing was changed.',
  action: 'Wait until its boards are shown.',
  retry: true,
} as const;

const BUSY = { ...NOT_READ, action: 'Wait until its boards are shown, then remove it.' } as const;

const TOO_MANY = {
  code: 'limit-reached',
  message: `The companion keeps at most ${STORYBOARD_LIMITS.kept} storyboards.`,
  safe: 'Those that are there stay.',
  action: 'Remove some that you no longer need, then drop this one again.',
} as const;
