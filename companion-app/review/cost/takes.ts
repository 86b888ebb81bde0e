/** What has become of each take, by the facts: its last verdict, and how much of it is in the cut at the last look. */
import type { About, Fact } from '../../../shared/protocol';

export interface TakeStanding {
  readonly jobId: string;
  readonly about: About;
  readonly made: boolean;
  readonly failedAttempts: number;
  readonly verdict: 'approved' | 'rejected' | 'none';
  readonly reason: string;
  /** Frames in the cut. */
  readonly cutFrames: number;
  /** Approved seconds that are in the cut; frames over the shot's own rate. */
  readonly usableSeconds: number;
}

/** One standing for each job the facts speak of, in the order they first do. */
export function standings(facts: readonly Fact[]): TakeStanding[] {
  const cuts = new Map<string, ReadonlyMap<string, number>>();
  // A take may live on in a copy of its sequence: the one it was last seen in tells.
  const seenIn = new Map<string, string>();
  const jobs = new Map<
    string,
    { about: About; made: boolean; failed: number; verdict: TakeStanding['verdict']; reason: string }
  >();
  for (const fact of facts) {
    if (fact.kind === 'prices') continue;
    if (fact.kind === 'cut') {
      const frames = new Map<string, number>();
      for (const take of fact.takes) frames.set(take.jobId, (frames.get(take.jobId) ?? 0) + take.frames);
      cuts.set(fact.sequenceId, frames);
      for (const jobId of frames.keys()) seenIn.set(jobId, fact.sequenceId);
      continue;
    }
    const job = jobs.get(fact.jobId) ?? { about: fact.about, made: false, failed: 0, verdict: 'none', reason: '' };
    jobs.set(fact.jobId, job);
    // "auto" says less than the engine that did the work.
    if (fact.about.engine !== 'auto') job.about = fact.about;
    if (fact.kind === 'spent' && fact.ended !== undefined) {
      if (fact.ended === 'rendered') job.made = true;
      else job.failed += 1;
    }
    if (fact.kind === 'verdict') {
      job.made = true;
      job.verdict = fact.verdict;
      job.reason = fact.reason ?? '';
    }
  }
  return [...jobs].map(([jobId, { about, made, failed, verdict, reason }]) => {
    const cutFrames = cuts.get(seenIn.get(jobId) ?? about.sequenceId)?.get(jobId) ?? 0;
    const usable = verdict === 'approved' ? cutFrames : 0;
    const usableSeconds = (usable * about.rate.den) / about.rate.num;
    return { jobId, about, made, failedAttempts: failed, verdict, reason, cutFrames, usableSeconds };
  });
}

/** The scene a shot belongs to: what its name says ("SC02_SH010", "EP1-SEQ03-020"), else its sequence. */
export function sceneOf({ shot, sequence }: Pick<About, 'shot' | 'sequence'>): string {
  const named = /(?:^|[^a-z])((?:scene|sc|seq|sq)[ _-]?\d+[a-z]?)(?![a-z0-9])/i.exec(shot)?.[1];
  return named === undefined ? sequence : named.toUpperCase();
}
