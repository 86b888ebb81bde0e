/** What an artist does with a take. Each is one Undo step in Premiere, or none. */
import { InbetweenError } from '../../../shared/problem';
import type { JobRow } from '../../../shared/protocol';
import type { PremiereHost, SequenceRef, TakeLabel } from '../../premiere/host';
import { placeHere } from '../drain-takes';
import type { Companion } from '../ports';
import type { PanelState } from '../state/state';
import type { Store } from '../state/store';
import type { VerdictKeeper } from './verdicts';

export interface TakeParts {
  readonly host: PremiereHost;
  readonly companion: Companion;
  readonly store: Store<PanelState>;
  readonly verdicts: VerdictKeeper;
  /** Reads the timeline afresh. */
  readonly look: () => Promise<void>;
}

export class TakeActions {
  constructor(private readonly parts: TakeParts) {}

  /** Shows this take and hides the shot's others; one that is not on the timeline is laid there first. */
  async use(jobId: string): Promise<void> {
    if (this.lies(jobId)) await this.parts.host.useTake(this.sequence(), jobId);
    else await this.place(jobId);
  }

  /** Shows the other of two takes: this one, or, where this one is shown, the one that was shown before. */
  async compare(jobId: string): Promise<void> {
    const { timeline } = this.parts.store.get();
    const take = timeline?.takes.find((each) => each.jobId === jobId);
    const others = timeline?.takes.filter((each) => each.shotName === take?.shotName && each.jobId !== jobId) ?? [];
    const other = this.before.get(take?.shotName ?? '') ?? others[others.length - 1]?.jobId;
    if (take && !take.enabled) {
      this.before.set(take.shotName, others.find((each) => each.enabled)?.jobId ?? jobId);
      await this.use(jobId);
    } else if (other !== undefined) await this.use(other);
  }

  /** Lays a take that was taken away onto the timeline again. */
  async place(jobId: string): Promise<void> {
    const row = this.row(jobId);
    const outcome = await placeHere(this.parts, row);
    if (outcome.status === 'kept-in-bin') throw new InbetweenError(outcome.problem);
    await this.parts.companion.placed(jobId, outcome.placement);
  }

  /** Colours the clip and tells the companion. A take that is not on the timeline is only judged. */
  async judge(jobId: string, label: TakeLabel, reason?: string): Promise<void> {
    await this.parts.verdicts.hold(jobId, async () => {
      if (this.lies(jobId)) await this.parts.host.labelTake(this.sequence(), jobId, label);
      const row = await this.parts.companion.verdict(jobId, label === 'open' ? 'none' : label, reason);
      this.parts.store.update((state) => ({ ...state, jobs: new Map(state.jobs).set(jobId, row) }));
      await this.parts.look();
    });
  }

  /** Off the timeline; what is not finished is stopped. Its clip stays in the bin and on disk. */
  async remove(jobId: string): Promise<void> {
    const state = this.parts.store.get().jobs.get(jobId)?.state;
    if (this.lies(jobId)) await this.parts.host.removeTake(this.sequence(), jobId);
    else if (state !== undefined && ['queued', 'rendering', 'rendered', 'delivered'].includes(state))
      await this.parts.companion.cancel([jobId]);
  }

  /** A take that is off the timeline leaves the bin and the list, with its preview; the files stay. */
  async delete(jobId: string): Promise<void> {
    if (this.lies(jobId)) return;
    const spec = this.parts.store.get().jobs.get(jobId)?.spec;
    const ids = [jobId, ...(spec?.replaces === undefined || this.lies(spec.replaces) ? [] : [spec.replaces])];
    const name = spec ? `${spec.shot.name} (take ${spec.take})` : 'a take';
    await this.parts.host.deleteTakes(this.sequence(), ids, name);
  }

  /** The playhead at the take's first frame. */
  async jump(frame: number): Promise<void> {
    await this.parts.host.showFrame(this.sequence(), frame);
  }

  private readonly before = new Map<string, string>();

  private lies(jobId: string): boolean {
    return this.parts.store.get().timeline?.takes.some((take) => take.jobId === jobId) ?? false;
  }

  private sequence(): SequenceRef {
    const reading = this.parts.store.get().timeline?.reading;
    if (!reading)
      throw new InbetweenError({
        code: 'host-unavailable',
        message: 'No sequence is open.',
        action: 'Open the storyboard sequence in the Timeline panel.',
      });
    return { projectId: reading.projectId, sequenceId: reading.sequenceId };
  }

  private row(jobId: string): JobRow {
    const row = this.parts.store.get().jobs.get(jobId);
    if (!row?.take)
      throw new InbetweenError({
        code: 'not-found',
        message: 'The companion has no clip of this take any more.',
        safe: 'The clip may still be in the bin "Animatics".',
        action: 'Place it from the bin by hand, or animate the shot again.',
      });
    return row;
  }
}
