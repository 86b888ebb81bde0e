/** Tells the companion while Premiere plays or exports, so that rendering does not take the machine from it. */
import type { PremiereHost, Playhead } from '../../premiere/host';
import type { Companion, PanelClock } from '../ports';

/** Milliseconds between looks at the playhead. */
const LOOK_MS = 1_000;
/** A playhead that goes between these multiples of time plays, whichever way; further, it was put there. */
const [SLOWEST, FASTEST] = [0.1, 12];
/** Looks at which it has to move before it counts as playing, and to rest before it does not. */
const [MOVING, RESTING] = [2, 3];
/** An export that has told nothing for so long is over, milliseconds. */
const EXPORT_MS = 20_000;

export interface BusyParts {
  readonly host: Pick<PremiereHost, 'playhead' | 'onExport'>;
  readonly companion: Pick<Companion, 'hostBusy'>;
  readonly clock: PanelClock;
  readonly connected: () => boolean;
}

interface Seen {
  readonly at: number;
  readonly head: Playhead;
}

/** True where a playhead went on as one that plays does. */
export function playsOn(before: Seen, now: Seen): boolean {
  const seconds = (now.at - before.at) / 1000;
  if (seconds <= 0 || before.head.sequenceId !== now.head.sequenceId) return false;
  const speed = Math.abs(now.head.seconds - before.head.seconds) / seconds;
  return speed >= SLOWEST && speed <= FASTEST;
}

export class BusyWatch {
  private seen: Seen | null = null;
  private moves = 0;
  private rests = RESTING;
  private playing = false;
  private exportUntil = -Infinity;
  /** What the companion knows; it forgets with the connection. */
  private told = false;
  private telling = false;
  private stops: (() => void)[] = [];
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: BusyParts) {}

  start(): void {
    const { host, clock } = this.parts;
    this.stops.push(
      host.onExport((event) => {
        this.exportUntil = event === 'exporting' ? clock.now() + EXPORT_MS : -Infinity;
        this.tell();
      }),
    );
    this.soon();
  }

  stop(): void {
    this.cancel();
    for (const stop of this.stops.splice(0)) stop();
  }

  /** A new connection knows of nothing. */
  connected(): void {
    this.told = false;
    this.tell();
  }

  private soon(): void {
    this.cancel = this.parts.clock.after(LOOK_MS, () => void this.look());
  }

  private async look(): Promise<void> {
    const head = await this.parts.host.playhead();
    const now = head && { at: this.parts.clock.now(), head };
    const moved = now !== null && this.seen !== null && playsOn(this.seen, now);
    this.seen = now;
    this.moves = moved ? this.moves + 1 : 0;
    this.rests = moved ? 0 : this.rests + 1;
    if (this.moves >= MOVING) this.playing = true;
    else if (this.rests >= RESTING) this.playing = false;
    this.tell();
    this.soon();
  }

  private tell(): void {
    const busy = this.playing || this.exportUntil > this.parts.clock.now();
    if (busy === this.told || this.telling || !this.parts.connected()) return;
    this.telling = true;
    void this.parts.companion
      .hostBusy(busy)
      .then(
        () => {
          this.told = busy;
        },
        () => undefined, // told again at the next look, or by the next connection
      )
      .finally(() => {
        this.telling = false;
      });
  }
}
