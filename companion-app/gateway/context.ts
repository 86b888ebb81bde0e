/** What every connection of one gateway shares. */
import type { CompanionMessageOf } from '../../shared/protocol';
import type { GatewayLimits } from './limits';
import type { Turnstile } from './turnstile';
import type { BoardStorePort, Clock, Log, PairingPort, QueuePort } from './ports';

export type Capabilities = CompanionMessageOf<'hello-ack'>['capabilities'];

export interface CompanionInfo {
  readonly name: string;
  readonly version: string;
  /**
   * Names the store behind the event numbers: kept with it, and new when the store had to be rebuilt.
   * A panel that sees another instance than before starts its events from the beginning.
   */
  readonly instance: string;
}

export interface GatewayContext {
  readonly queue: QueuePort;
  readonly boards: BoardStorePort;
  readonly pairing: PairingPort;
  readonly clock: Clock;
  readonly log: Log;
  readonly companion: CompanionInfo;
  /** Asked at every hello: packs and providers may come and go. */
  readonly capabilities: () => Capabilities;
  readonly limits: GatewayLimits;
  /** Uploads open in all connections together. */
  readonly uploadSlots: Slots;
  readonly turnstile: Turnstile;
}

/** A count that may not pass its maximum. */
export class Slots {
  private used = 0;

  constructor(private readonly max: number) {}

  /** Takes one, or says that none is left. */
  take(): boolean {
    if (this.used >= this.max) return false;
    this.used += 1;
    return true;
  }

  give(): void {
    this.used -= 1;
  }
}
