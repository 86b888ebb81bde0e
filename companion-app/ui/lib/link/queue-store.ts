/** The queue as a page sees it: rows from the companion's list, kept fresh by its events; glimpses of progress beside them. */
import type { CompanionMessage, JobEvent, JobRow, Progress } from '../../../../shared/protocol';
import type { PageLink } from './link';
import { Listeners, type HelloAck, type LinkState } from './state';

export interface QueueView {
  /** In the queue's order. */
  readonly rows: readonly JobRow[];
  /** False until the first list is complete. */
  readonly loaded: boolean;
}

const PAGE = 500;
/** Changes within so many milliseconds are shown together. */
const TOGETHER_MS = 40;
/** After a change that the events do not carry (new jobs, another order) the list is asked for again. */
const RELIST_MS = 120;

export class QueueStore {
  readonly changed = new Listeners<void>();
  readonly progressed = new Listeners<void>();
  #rows = new Map<string, JobRow>();
  #progress = new Map<string, Progress>();
  #view: QueueView = { rows: [], loaded: false };
  #lastSeq = 0;
  #instance = '';
  #showing: ReturnType<typeof setTimeout> | undefined;
  #relisting: ReturnType<typeof setTimeout> | undefined;
  #generation = 0;

  constructor(private readonly link: PageLink) {
    link.states.add((state) => this.#stateChanged(state));
    link.messages.add((message) => this.#take(message));
  }

  readonly view = (): QueueView => this.#view;

  readonly progress = (): ReadonlyMap<string, Progress> => this.#progress;

  /** Asks for the whole list again; resolves once it is shown, or when the line was cut. */
  relist(): Promise<void> {
    clearTimeout(this.#relisting);
    return this.#list();
  }

  #relistSoon(): void {
    clearTimeout(this.#relisting);
    this.#relisting = setTimeout(() => void this.#list(), RELIST_MS);
  }

  #stateChanged(state: LinkState): void {
    if (state.kind === 'connected') void this.#follow(state.ack);
  }

  /** Events since the last one known, so that none is missed; and the list, whose order no event tells. */
  async #follow({ companion, seq }: HelloAck): Promise<void> {
    if (companion.instance !== this.#instance || seq < this.#lastSeq) {
      this.#instance = companion.instance;
      this.#rows.clear();
      this.#progress = new Map();
      this.#lastSeq = seq;
    }
    try {
      await this.link.ask({ type: 'since', seq: this.#lastSeq }, 'caught-up');
    } catch {
      return; // the line was cut: the next connection starts here again
    }
    await this.#list();
  }

  async #list(): Promise<void> {
    const generation = (this.#generation += 1);
    const rows = new Map<string, JobRow>();
    try {
      for (let offset = 0; ;) {
        const page = await this.link.ask({ type: 'list', offset, limit: PAGE }, 'list-ack');
        if (generation !== this.#generation) return;
        for (const row of page.jobs) rows.set(row.spec.id, row);
        offset += page.jobs.length;
        if (page.jobs.length === 0 || offset >= page.total) break;
      }
    } catch {
      return;
    }
    for (const [id, row] of rows) {
      const known = this.#rows.get(id);
      if (known && known.changedAt > row.changedAt) rows.set(id, { ...row, ...toldSince(known) });
    }
    this.#rows = rows;
    this.#show(true);
  }

  #take(message: CompanionMessage): void {
    if (message.type === 'event') this.#event(message.event);
    else if (message.type === 'progress') {
      this.#progress = new Map(this.#progress).set(message.progress.jobId, message.progress);
      this.progressed.tell();
    }
  }

  #event(event: JobEvent): void {
    this.#lastSeq = Math.max(this.#lastSeq, event.seq);
    if (event.state !== 'rendering' && this.#progress.has(event.jobId)) {
      this.#progress = new Map(this.#progress);
      this.#progress.delete(event.jobId);
      this.progressed.tell();
    }
    const row = this.#rows.get(event.jobId);
    if (!row) {
      this.#relistSoon();
      return;
    }
    if (event.at < row.changedAt) return;
    const { problem: _before, verdict: _said, ...rest } = row;
    this.#rows.set(event.jobId, {
      ...rest,
      state: event.state,
      attempts: event.attempts,
      changedAt: event.at,
      ...(event.take && { take: event.take }),
      ...(event.problem && { problem: event.problem }),
      ...(event.verdict && { verdict: event.verdict }),
    });
    this.#showing ??= setTimeout(() => this.#show(this.#view.loaded), TOGETHER_MS);
  }

  #show(loaded: boolean): void {
    clearTimeout(this.#showing);
    this.#showing = undefined;
    this.#view = { rows: [...this.#rows.values()], loaded };
    this.changed.tell();
  }
}

/** What an event has told of a row since it was listed. */
function toldSince({ state, attempts, changedAt, take, problem }: JobRow): Partial<JobRow> {
  return { state, attempts, changedAt, ...(take && { take }), ...(problem && { problem }) };
}
