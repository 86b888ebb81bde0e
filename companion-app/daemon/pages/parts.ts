/** The daemon's parts as the areas of the pages use them. */
import type { Pairing } from '../../gateway';
import type { BoardShelf, Clock, JobQueue, JobStore, Log, Runner } from '../../queue';
import type { DaemonConfig } from '../config';
import type { DataLayout } from '../data-folder';
import type { Night } from '../night';
import type { SettingsKeeper } from '../settings';

export interface PageParts {
  readonly config: DaemonConfig;
  readonly layout: DataLayout;
  readonly queue: JobQueue;
  readonly store: JobStore;
  /** Boards by hash. */
  readonly shelf: BoardShelf;
  readonly runner: Pick<Runner, 'capabilities' | 'frame'>;
  readonly settings: SettingsKeeper;
  readonly night: Night;
  readonly pairing: Pairing;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the gateway listens and who has said hello there; asked only once it is open. */
  readonly connected: () => {
    readonly port: number;
    readonly clients: readonly { readonly name: string; readonly version: string }[];
  };
}
