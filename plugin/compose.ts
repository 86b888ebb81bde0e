/** The panel without its widgets, put together: the host, the link, and the logic between them. */
import {
  createLink,
  readerOf,
  sha256OfBytes,
  type Link,
  type LinkClock,
  type FetchPiece,
  type OpenSocket,
  type TokenStore,
} from './link';
import { clipsHere, type ClipFiles } from './clip-here';
import { Animator, type AnimatorView } from './panel/animator';
import type { Companion } from './panel/ports';
import { createPremiereHost, type FileAccess, type PremiereApi, type PremiereHost } from './premiere';

export interface PanelParts {
  readonly ppro: PremiereApi;
  readonly openSocket: OpenSocket;
  readonly clock: LinkClock & { now(): number };
  readonly tokens: TokenStore;
  readonly files: FileAccess;
  /** For a companion on another machine; without it every clip has to be on this one. */
  readonly clips?: { readonly files: ClipFiles; readonly fetch: FetchPiece };
  readonly tempFolder: string;
  /** 32 bits of chance, as a whole number. */
  readonly random32: () => number;
  /** `instance` stays the same for this panel for good. */
  readonly client: { readonly name: string; readonly version: string; readonly instance: string };
  /** Addresses to dial; those of the manifest when absent. */
  readonly urls?: readonly string[];
  readonly view: AnimatorView;
}

export interface Panel {
  readonly host: PremiereHost;
  readonly link: Link;
  readonly animator: Animator;
  readonly companion: Companion;
}

/** The link as the panel's logic wants it. */
export function companionOver(link: Link, clipHere?: Companion['clipHere']): Companion {
  return {
    ...(clipHere && { clipHere }),
    missingBoards: (boards) => link.missingBoards(boards),
    uploadBoard: ({ sha256, name, bytes }, progress) =>
      link.uploadBoard({ reader: readerOf(bytes), sha256, name, ...(progress ? { onProgress: progress } : {}) }).done,
    submit: async (jobs) => (await link.submit(jobs)).jobs,
    list: (query) => link.list(query),
    deliver: (jobId) => link.deliver(jobId),
    placed: (jobId, placement) => link.placed(jobId, placement),
    async cancel(jobIds) {
      await link.cancel(jobIds);
    },
    async retry(jobIds) {
      await link.retry(jobIds);
    },
    async reorder(jobIds, to) {
      await link.reorder(jobIds, to);
    },
    verdict: (jobId, verdict, reason) => link.verdict(jobId, verdict, reason),
    cut: (sequenceId, takes) => link.cut(sequenceId, takes),
    hostBusy: (busy) => link.hostBusy(busy),
    async *events(seq, signal) {
      const events = link.events({ since: seq });
      const forget = signal.onStop(() => void events.return?.(undefined));
      try {
        yield* events;
      } finally {
        forget();
      }
    },
    onProgress: (listener) => link.onProgress(listener),
  };
}

/** A job id: 26 characters, the moment first so that ids sort by age, then chance. */
export function newJobId(now: number, random32: () => number): string {
  const time = Math.floor(now).toString(36).padStart(9, '0');
  let chance = '';
  while (chance.length < 17) chance += (random32() >>> 0).toString(36).padStart(7, '0');
  return `${time}${chance.slice(0, 17)}`;
}

/** Nothing runs until `link.connect()` and `animator.start()`. */
export function composePanel(parts: PanelParts): Panel {
  const { clock } = parts;
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      clock.after(ms, resolve);
    });
  const host = createPremiereHost(parts.ppro, {
    files: parts.files,
    wait,
    now: () => clock.now(),
    tempFolder: parts.tempFolder,
  });
  const link = createLink({
    openSocket: parts.openSocket,
    clock,
    tokens: parts.tokens,
    client: parts.client,
    ...(parts.urls ? { urls: parts.urls } : {}),
  });
  const ids = { jobId: () => newJobId(clock.now(), parts.random32) };
  const { clips, tempFolder } = parts;
  const companion = companionOver(
    link,
    clips && clipsHere({ door: () => link.door, fetch: clips.fetch, wait }, clips.files, tempFolder),
  );
  const animator = new Animator({ host, companion, ids, hash: sha256OfBytes }, parts.view);
  return { host, link, animator, companion };
}
