/** Lets takes follow the boards that an editor has moved or trimmed, once for each such edit, and says so. */
import type { JobRow } from '../../../shared/protocol';
import type { PremiereHost, TimelineView } from '../../premiere/host';
import { agreeing, followsOf, type Agreed, type Follow } from '../state/follow';
import type { Notice } from '../state/state';

export interface FollowParts {
  readonly host: PremiereHost;
  readonly jobs: () => ReadonlyMap<string, JobRow>;
  readonly tell: (notice: Notice) => void;
  /** The board is longer than the clip: another take is needed. */
  readonly animate: (shotId: string) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

export class Follower {
  private agreed: ReadonlyMap<string, Agreed> = new Map();
  /** Wishes that were granted: what the artist undoes stays undone. */
  private readonly granted = new Set<string>();
  private working = false;
  private wished = '';

  constructor(private readonly parts: FollowParts) {}

  /** A reading that differs from the last: takes that agree with their boards are remembered. */
  seen(view: TimelineView): void {
    this.wished = this.text(followsOf(view, this.parts.jobs(), this.agreed));
    this.agreed = agreeing(view, this.parts.jobs(), this.agreed);
  }

  /** The timeline has been still since the last reading: nobody is in the middle of a drag. Resolves true where something was done. */
  async still(view: TimelineView): Promise<boolean> {
    if (this.working) return false;
    const follows = followsOf(view, this.parts.jobs(), this.agreed).filter(({ key }) => !this.granted.has(key));
    if (follows.length === 0 || this.text(follows) === '') return false;
    this.working = true;
    try {
      for (const follow of follows) {
        this.granted.add(follow.key);
        await this.grant(view, follow);
      }
    } catch (error) {
      this.parts.failed(error);
    } finally {
      this.working = false;
    }
    return true;
  }

  private text(follows: readonly Follow[]): string {
    return follows.map(({ key }) => key).join('\n');
  }

  private async grant({ reading }: TimelineView, follow: Follow): Promise<void> {
    const { jobId, shotId, shotName, kind, target, by, key } = follow;
    const kinds = { move: 'followed', trim: 'trimmed', open: 'opened', longer: 'longer' } as const;
    if (kind === 'longer') {
      if (!this.inUse(jobId)) return;
      await this.parts.animate(shotId);
    } else {
      await this.parts.host.relayTake({ projectId: reading.projectId, sequenceId: reading.sequenceId }, jobId, target);
      this.agreed = new Map(this.agreed).set(jobId, { startFrame: target.startFrame, frames: target.frames });
    }
    this.parts.tell({ id: key, kind: kinds[kind], values: { shot: shotName, frames: target.frames, by } });
  }

  /** A take that was set aside is not made again. */
  private inUse(jobId: string): boolean {
    return this.parts.jobs().get(jobId)?.spec.quality === 'full';
  }
}
