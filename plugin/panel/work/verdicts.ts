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

  /** What the panel itself has just set on both sides. */
  set(jobId: string, label: TakeLabel): void {
    this.labels.set(jobId, label);
    this.verdicts.set(jobId, label);
  }

  /** What is to be done now that things are like this. A take on the timeline whose colour the host does not tell is passed over. */
  steps(view: TimelineView, jobs: ReadonlyMap<string, JobRow>): readonly VerdictStep[] {
    return view.takes.flatMap((take) => {
      const row = jobs.get(take.jobId);
      return row && take.label !== undefined ? this.step(take, take.label, row) : [];
    });
  }

  private step({ jobId }: PlacedTake, label: TakeLabel, row: JobRow): readonly VerdictStep[] {
    const verdict = labelOf(row);
    const labelBefore = this.labels.get(jobId);
    const verdictBefore = this.verdicts.get(jobId);
    this.labels.set(jobId, label);
    this.verdicts.set(jobId, verdict);
    if (label === verdict) return [];
    if (labelBefore !== undefined && labelBefore !== label) {
      this.verdicts.set(jobId, label);
      return [{ kind: 'tell', jobId, verdict: verdictOf(label) }];
    }
    // First seen, or judged on the companion's page: the newer word is the companion's.
    if (verdictBefore === undefined || verdictBefore !== verdict) {
      this.labels.set(jobId, verdict);
      return [{ kind: 'colour', jobId, label: verdict }];
    }
    return [];
  }
}
