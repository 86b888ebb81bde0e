/** Stored events on one connection: everything since N, then live, without gap or repeat; and glimpses of progress. */
import { InbetweenError } from '../../shared/problem';
import type { ClientMessageOf } from '../../shared/protocol';
import type { Outbox } from './outbox';
import type { QueuePort } from './ports';

export class Subscription {
  private current: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null;
  private stopProgress: (() => void) | null = null;

  constructor(
    private readonly queue: QueuePort,
    private readonly outbox: Outbox,
    /** The queue could not go on delivering the events of `ref`. */
    private readonly failed: (error: unknown, ref: string) => void,
  ) {}

  /** Replaces whatever was subscribed before; nothing of it is sent any more. */
  async start(since: ClientMessageOf<'since'>): Promise<void> {
    await this.stop();
    const head = await this.queue.newestSeq();
    if (since.seq > head) {
      throw new InbetweenError({
        code: 'not-found',
        message: `There is no event ${since.seq} yet; the newest is ${head}.`,
        safe: 'Queued shots go on rendering.',
        action: 'Ask for all events from the beginning.',
      });
    }
    const stop = new AbortController();
    const ended = this.stream(since, head, stop.signal).catch((error: unknown) => this.failed(error, since.ref));
    this.current = { stop, ended };
    this.stopProgress ??= this.queue.onProgress((progress) => void this.outbox.glimpse({ type: 'progress', progress }));
  }

  /** Ends the stream of events and the glimpses. */
  async stop(): Promise<void> {
    this.stopProgress?.();
    this.stopProgress = null;
    this.current?.stop.abort();
    await this.current?.ended;
    this.current = null;
  }

  private async stream(since: ClientMessageOf<'since'>, head: number, signal: AbortSignal): Promise<void> {
    const { ref, seq, sequenceId } = since;
    let caughtUp = seq >= head;
    if (caughtUp) this.outbox.send({ type: 'caught-up', ref, seq });
    for await (const event of this.queue.events(seq, signal)) {
      if (signal.aborted) return;
      if (sequenceId === undefined || event.sequenceId === sequenceId) this.outbox.send({ type: 'event', ref, event });
      if (!caughtUp && event.seq >= head) {
        caughtUp = true;
        this.outbox.send({ type: 'caught-up', ref, seq: event.seq });
      }
      await this.outbox.room();
    }
    if (!signal.aborted) throw new Error('the stream of events ended early');
  }
}
