/** A verdict is a colour in Premiere and a fact in the companion: this keeps the two together, whichever changes. */
import type { JobRow, Verdict } from '../../../shared/protocol';
import type { PlacedTake, TakeLabel, TimelineView } from '../../premiere/host';

const verdictOf = (label: TakeLabel): Verdict => (label === 'open' ? 'none' : label);
const labelOf = (row: JobRow): TakeLabel => row.verdict?.verdict ?? 'open';

export type VerdictStep =
  /** The artist's Undo, or their own hand in the Project panel, changed the colour: the companion is told. */
  | { readonly kind: 'tell'; readonly jobId: string; readonly verdict: Verdict }
  /** Somebody judged the take elsewhere: the clip gets the colour. */
  | { readonly kind: 'colour'; readonly jobId: string; readonly label: TakeLabel };

/** Remembers both sides as they were last seen, so that the one that changed is known. Pure but for that memory. */
export class VerdictKeeper {
  private readonly labels = new Map<string, TakeLabel>();
  private readonly verdicts = new Map<string, TakeLabel>();

  /** Jobs that the panel itself is judging: both sides change, one after the other. */
  private readonly held = new Set<string>();

  /** Runs a judgement of the panel's own; until it has ended and both sides have been looked at, neither counts as news. */
  async hold(jobId: string, judge: () => Promise<void>): Promise<void> {
    this.held.add(jobId);
    try {
      await judge();
    } finally {
      this.held.delete(jobId);
      this.labels.delete(jobId);
      this.verdicts.delete(jobId);
    }
  }

  /** What is to be done now that things are like this. A take on the timeline whose colour the host does not tell is passed over. */
  steps(view: TimelineView, jobs: ReadonlyMap<string, JobRow>): readonly VerdictStep[] {
    return view.takes.flatMap((take) => {
      const row = jobs.get(take.jobId);
      return row && take.label !== undefined && !this.held.has(take.jobId) ? this.step(take, take.label, row) : [];
    });
  }

  private step({ jobId }: PlacedTake, label: TakeLabel, row: JobRow): readonly VerdictStep[] {
    const verdict = labelOf(row);
    const labelBefore = this.labels.get(jobId);
    const verdictBefore = this.verdicts.get(jobId);
    this.labels.set(jobId, label);
    this.verdicts.set(jobId, verdict);
    if (label === verdict) return [];
    // Until a step has had its effect both sides are as they were, and that is no news.
    if (labelBefore !== undefined && labelBefore !== label) return [{ kind: 'tell', jobId, verdict: verdictOf(label) }];
    // First seen, or judged on the companion's page: the newer word is the companion's.
    return verdictBefore === verdict ? [] : [{ kind: 'colour', jobId, label: verdict }];
  }
}
