/** The panel's line to the companion: one object that stays, whatever happens to the connection under it. */
import { InbetweenError } from '../../shared/problem';
import {
  LIMITS,
  type CompanionMessage,
  type CompanionMessageOf,
  type JobEvent,
  type JobRow,
  type JobSpec,
  type JobState,
  type OrderPlace,
  type Placement,
  type Progress,
  type Prunable,
  type Verdict,
} from '../../shared/protocol';
import { batches } from './batches';
import { TIMING, type Channel, type Hello, type Timing } from './channel';
import { COMPANION_URLS, Connector, type Door } from './connector';
import { EventFeed, type EventQuery } from './events';
import { CLOSED } from './problems';
import { Requests } from './requests';
import type { LinkClock, OpenSocket, TokenStore } from './socket';
import { Listeners, type LinkState } from './state';
import { Transfers } from './transfers';
import { UploadRun, type UploadOrder } from './upload';

export interface LinkOptions {
  readonly openSocket: OpenSocket;
  readonly clock: LinkClock;
  readonly tokens: TokenStore;
  /** `instance` names this panel for good: a second connection with it takes the first one's place. */
  readonly client: Hello['client'];
  readonly urls?: readonly string[];
  readonly timing?: Partial<Timing>;
  /** Milliseconds between tries to connect; the last goes on for ever. */
  readonly backOff?: readonly number[];
  /** How long an answer may take, dropped connections included. */
  readonly requestMs?: number;
  /** How long to wait before something that was refused for now is tried again. */
  readonly retryMs?: number;
}

export interface SubmitReply {
  readonly jobs: CompanionMessageOf<'submit-ack'>['jobs'];
  /** Boards to upload; the jobs wait for them. */
  readonly missing: readonly string[];
}

export interface Upload {
  /** Resolves when the companion has the board. Rejects with InbetweenError. */
  readonly done: Promise<void>;
  cancel(): void;
}

/** Every method that returns a promise rejects with InbetweenError. Asking twice is always harmless. */
export interface Link {
  readonly state: LinkState;
  /** The companion's HTTP side, while connected. */
  readonly door: Door | null;
  /** Returns the function that stops listening. */
  onState(listener: (state: LinkState) => void): () => void;
  onProgress(listener: (progress: Progress) => void): () => void;
  /** Starts connecting; later, tries at once, or takes back a superseded connection. */
  connect(): void;
  /** Pairs with the six digits that the companion shows. */
  pair(code: string): Promise<void>;
  /** Hangs up for good. */
  close(): void;
  submit(jobs: readonly JobSpec[]): Promise<SubmitReply>;
  /** Those boards that the companion lacks. */
  missingBoards(boards: readonly string[]): Promise<readonly string[]>;
  uploadBoard(order: UploadOrder): Upload;
  /** Needs an open stream for `onProgress` to be told anything. */
  events(query: EventQuery): AsyncIterableIterator<JobEvent>;
  /** All rows that fit, in the queue's order. */
  list(query?: { readonly states?: readonly JobState[]; readonly sequenceId?: string }): Promise<readonly JobRow[]>;
  deliver(jobId: string): Promise<JobRow>;
  placed(jobId: string, placement: Placement): Promise<void>;
  /** Ids of those that are cancelled now. */
  cancel(jobIds: readonly string[]): Promise<readonly string[]>;
  /** Ids of those that are queued again. */
  retry(jobIds: readonly string[]): Promise<readonly string[]>;
  /** Begins no further job (`true`), goes on (`false`), or only asks. Resolves with how it is now. */
  pause(paused?: boolean): Promise<boolean>;
  /** A person's word on a take; `none` takes it back. Resolves with the row as it is now. */
  verdict(jobId: string, verdict: Verdict, reason?: string): Promise<JobRow>;
  /** What of our takes is on this timeline and enabled, frames each; what is absent is out. */
  cut(sequenceId: string, takes: readonly CutTake[]): Promise<void>;
  /** Puts waiting jobs before all others, behind them, or before one. Resolves with those moved. */
  reorder(jobIds: readonly string[], to: OrderPlace): Promise<readonly string[]>;
  /** Takes jobs in these states out of the lists. Resolves with how many. */
  prune(states: readonly Prunable[]): Promise<number>;
  /** Premiere plays or exports, or has ceased to. */
  hostBusy(busy: boolean): Promise<void>;
}

export interface CutTake {
  readonly jobId: string;
  readonly frames: number;
}

const ROWS = 500;
const IDS = 500;
const BOARDS = 1_000;
/** Longest reason of a verdict. */
const REASON = 400;

/** Makes a link. It does nothing until connect() or pair(). */
export function createLink(options: LinkOptions): Link {
  return new PanelLink(options);
}

class PanelLink implements Link {
  private readonly connector: Connector;
  private readonly requests: Requests;
  private readonly transfers = new Transfers();
  private readonly feed: EventFeed;
  private readonly progress = new Listeners<Progress>();
  private readonly changed = new Listeners<void>();
  private closed = false;

  constructor(private readonly options: LinkOptions) {
    const { openSocket, clock, tokens, client } = options;
    const open = (): Channel | null => this.connector.open;
    const hopeless = () => this.connector.hopeless;
    this.connector = new Connector({
      openSocket,
      clock,
      tokens,
      client,
      urls: options.urls ?? COMPANION_URLS,
      timing: { ...TIMING, ...options.timing },
      backOff: options.backOff ?? [1_000, 2_000, 5_000, 10_000],
      message: (message, channel) => this.take(message, channel),
    });
    this.requests = new Requests({ clock, requestMs: options.requestMs ?? 30_000, open, hopeless });
    const nextRef = (): string => this.requests.nextRef();
    this.feed = new EventFeed({ clock, retryMs: this.retryMs, nextRef, open, closed: () => this.closed });
    this.connector.channels.add((channel) => this.channelChanged(channel));
    this.connector.states.add(() => this.stateChanged());
  }

  get state(): LinkState {
    return this.connector.state;
  }

  get door(): Door | null {
    return this.connector.door;
  }

  onState(listener: (state: LinkState) => void): () => void {
    return this.connector.states.add(listener);
  }

  onProgress(listener: (progress: Progress) => void): () => void {
    return this.progress.add(listener);
  }

  connect(): void {
    this.connector.connect();
  }

  pair(code: string): Promise<void> {
    if (/^\d{6}$/.test(code.trim())) return this.connector.pair(code.trim());
    return Promise.reject(
      new InbetweenError({
        code: 'pairing-failed',
        message: 'The code has six digits.',
        action: 'Type the six digits that the companion shows.',
      }),
    );
  }

  close(): void {
    this.closed = true;
    this.connector.close();
    this.requests.giveUp(CLOSED);
    this.feed.end();
    this.changed.tell();
  }

  async submit(jobs: readonly JobSpec[]): Promise<SubmitReply> {
    const replies: SubmitReply[] = [];
    for (const batch of batches(jobs, LIMITS.jobsPerSubmit, this.textBytes, (job) => `Shot ${job.shot.name}`)) {
      replies.push(await this.requests.ask((ref) => ({ type: 'submit', ref, jobs: batch }), 'submit-ack'));
    }
    return {
      jobs: replies.flatMap((reply) => reply.jobs),
      missing: [...new Set(replies.flatMap((reply) => reply.missing))],
    };
  }

  missingBoards(boards: readonly string[]): Promise<readonly string[]> {
    return this.eachBatch([...new Set(boards)], BOARDS, async (batch) => {
      const reply = await this.requests.ask((ref) => ({ type: 'have', ref, boards: batch }), 'have-ack');
      return reply.missing;
    });
  }

  uploadBoard(order: UploadOrder): Upload {
    const run = new UploadRun(order, {
      requests: this.requests,
      transfers: this.transfers,
      clock: this.options.clock,
      retryMs: this.retryMs,
      changed: this.changed,
      open: () => this.connector.open,
      hopeless: () => this.connector.hopeless,
    });
    return { done: run.run(), cancel: () => run.cancel() };
  }

  events(query: EventQuery): AsyncIterableIterator<JobEvent> {
    return this.feed.start(query);
  }

  async list(
    query: { readonly states?: readonly JobState[]; readonly sequenceId?: string } = {},
  ): Promise<readonly JobRow[]> {
    const { states, sequenceId } = query;
    const filter = { ...(states ? { states: [...states] } : {}), ...(sequenceId === undefined ? {} : { sequenceId }) };
    const rows = new Map<string, JobRow>();
    for (let offset = 0; ;) {
      const page = await this.requests.ask(
        (ref) => ({ type: 'list', ref, ...filter, offset, limit: ROWS }),
        'list-ack',
      );
      for (const row of page.jobs) rows.set(row.spec.id, row);
      offset += page.jobs.length;
      if (page.jobs.length === 0 || offset >= page.total) return [...rows.values()];
    }
  }

  async deliver(jobId: string): Promise<JobRow> {
    return (await this.requests.ask((ref) => ({ type: 'deliver', ref, jobId }), 'deliver-ack')).job;
  }

  async placed(jobId: string, placement: Placement): Promise<void> {
    await this.requests.ask((ref) => ({ type: 'placed', ref, jobId, placement }), 'placed-ack');
  }

  cancel(jobIds: readonly string[]): Promise<readonly string[]> {
    return this.eachBatch(jobIds, IDS, async (batch) => {
      return (await this.requests.ask((ref) => ({ type: 'cancel', ref, jobIds: batch }), 'cancel-ack')).jobIds;
    });
  }

  retry(jobIds: readonly string[]): Promise<readonly string[]> {
    return this.eachBatch(jobIds, IDS, async (batch) => {
      return (await this.requests.ask((ref) => ({ type: 'retry', ref, jobIds: batch }), 'retry-ack')).jobIds;
    });
  }

  async pause(paused?: boolean): Promise<boolean> {
    const asked = paused === undefined ? {} : { paused };
    return (await this.requests.ask((ref) => ({ type: 'pause', ref, ...asked }), 'pause-ack')).paused;
  }

  async verdict(jobId: string, verdict: Verdict, reason?: string): Promise<JobRow> {
    const why = reason === undefined || reason === '' ? {} : { reason: reason.slice(0, REASON) };
    const answer = await this.requests.ask(
      (ref) => ({ type: 'verdict', ref, jobId, verdict, by: 'panel', ...why }),
      'verdict-ack',
    );
    return answer.job;
  }

  async cut(sequenceId: string, takes: readonly CutTake[]): Promise<void> {
    const some = takes.slice(0, LIMITS.takesInCut);
    await this.requests.ask((ref) => ({ type: 'cut', ref, sequenceId, takes: some }), 'cut-ack');
  }

  reorder(jobIds: readonly string[], to: OrderPlace): Promise<readonly string[]> {
    return this.eachBatch(jobIds, IDS, async (batch) => {
      return (await this.requests.ask((ref) => ({ type: 'reorder', ref, jobIds: batch, to }), 'reorder-ack')).jobIds;
    });
  }

  async prune(states: readonly Prunable[]): Promise<number> {
    return (await this.requests.ask((ref) => ({ type: 'prune', ref, states: [...states] }), 'prune-ack')).pruned;
  }

  async hostBusy(busy: boolean): Promise<void> {
    await this.requests.ask((ref) => ({ type: 'host-busy', ref, busy }), 'host-busy-ack');
  }

  private get retryMs(): number {
    return this.options.retryMs ?? 1_000;
  }

  private get textBytes(): number {
    return Math.min(LIMITS.textBytes, this.connector.open?.ack.limits.textBytes ?? LIMITS.textBytes);
  }

  private async eachBatch(
    ids: readonly string[],
    most: number,
    ask: (batch: string[]) => Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    const answers: string[] = [];
    for (const batch of batches(ids, most, this.textBytes, () => 'The list')) answers.push(...(await ask(batch)));
    return answers;
  }

  private take(message: CompanionMessage, channel: Channel): void {
    if (channel !== this.connector.open) return;
    if (message.type === 'progress') this.progress.tell(message.progress);
    else if (!this.transfers.take(message) && !this.requests.take(message)) this.feed.take(message);
  }

  private channelChanged(channel: Channel | null): void {
    this.transfers.reset();
    if (channel) {
      this.requests.opened(channel);
      this.feed.opened(channel);
    } else this.requests.dropped();
    this.changed.tell();
  }

  private stateChanged(): void {
    const hopeless = this.connector.hopeless;
    if (hopeless) this.requests.giveUp(hopeless);
    this.changed.tell();
  }
}
