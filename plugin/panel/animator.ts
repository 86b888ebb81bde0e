/** The panel without its widgets: animate shots, follow the jobs, bring the takes home. */
import { toProblem, type Problem } from '../../shared/problem';
import type { JobEvent, Progress } from '../../shared/protocol';
import type { SequenceReading, ShotReading } from '../premiere/host';
import { TakeDrain, type Homecoming } from './drain-takes';
import type { OwnWish, TakeWish } from './job-from-shot';
import { Stopper, type StopSignal } from './stopper';
import { submitShots, type SubmitParts, type SubmitProgress, type SubmittedShot } from './submit-shots';

/** Whoever shows what happens. Every method may be called at any time; none may throw. */
export interface AnimatorView {
  submitting(progress: SubmitProgress): void;
  event(event: JobEvent): void;
  progress(progress: Progress): void;
  home(homecoming: Homecoming): void;
  trouble(problem: Problem): void;
}

export class Animator {
  private readonly drainer: TakeDrain;
  private readonly stopper = new Stopper();
  private readonly ends: (() => void)[] = [];

  constructor(
    private readonly parts: SubmitParts,
    private readonly view: AnimatorView,
  ) {
    this.drainer = new TakeDrain({ host: parts.host, companion: parts.companion, tell: (home) => view.home(home) });
  }

  /** Begins to follow events after `seq` and to place what is rendered, also what was rendered while the panel was away. */
  start(seq = 0): void {
    this.ends.push(this.parts.companion.onProgress((progress) => this.view.progress(progress)));
    this.ends.push(
      this.parts.host.subscribe((event) => {
        if (event === 'project' || event === 'sequence') void this.drainer.hostChanged();
      }),
    );
    void this.follow(seq);
    void this.drainer.drain();
  }

  /** Ends following. Jobs go on in the companion; takes wait there. */
  stop(): void {
    this.stopper.stop();
    for (const end of this.ends.splice(0)) end();
  }

  /** Tries again to place takes that waited for a person. */
  placeAgain(): Promise<void> {
    return this.drainer.retry();
  }

  /** Submits all shots of the active sequence. */
  async animateSequence(wish: TakeWish, signal?: StopSignal): Promise<SubmittedShot[]> {
    const reading = await this.parts.host.readSequence();
    return this.animate(reading, reading.shots, wish, signal);
  }

  /** Submits the shots of which something is selected. */
  async animateSelection(wish: TakeWish, signal?: StopSignal): Promise<SubmittedShot[]> {
    const reading = await this.parts.host.readSelection();
    return this.animate(reading, reading.shots, wish, signal);
  }

  /** Submits these shots of a reading. */
  animate(
    reading: SequenceReading,
    shots: readonly ShotReading[],
    wish: TakeWish,
    signal?: StopSignal,
    own?: (shot: ShotReading) => OwnWish,
  ): Promise<SubmittedShot[]> {
    return submitShots(this.parts, reading, shots, wish, {
      ...(signal ? { signal } : {}),
      ...(own ? { own } : {}),
      progress: (p) => this.view.submitting(p),
    });
  }

  private async follow(seq: number): Promise<void> {
    try {
      for await (const event of this.parts.companion.events(seq, this.stopper)) {
        this.view.event(event);
        if (event.state === 'rendered') void this.drainer.drain();
      }
    } catch (error) {
      if (!this.stopper.stopped) this.view.trouble(toProblem(error));
    }
  }
}
