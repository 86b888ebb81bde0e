/** Everything a daemon can be told. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { PORTS } from '../../shared/protocol';
import { systemClock, type Clock, type QueueSettings, type RunnerSettings } from '../queue';
import { defaultDataDir } from './data-folder';
import type { FarmConfig } from './farm';
import type { Seal } from '../gateway';
import type { LogLevel } from './logs';
import type { RemoteConfig } from './remote/serve-remote';
import { thisMachine, type KeepAwake, type Machine } from './night';

export interface DaemonConfig {
  readonly dataDir: string;
  /** Workers elsewhere render; without one, this machine does. */
  readonly farm?: FarmConfig;
  /** Other machines may come in, over TLS; without it, this one alone. */
  readonly remote?: RemoteConfig;
  /** Seals the list of who is paired, where the desktop has a keychain. */
  readonly seal?: Seal;
  /** Tried in this order; 0 is any free port. */
  readonly ports: readonly number[];
  /** Script of the render process. */
  readonly renderEntry: string;
  /** Script of the shot editor's preview process. */
  readonly previewEntry: string;
  /** Script of the process that reads storyboards. */
  readonly boardsEntry: string;
  /** Folder of the companion's pages, if there are any. */
  readonly pagesDir?: string;
  readonly provider: RunnerSettings['provider'];
  readonly version: string;
  readonly logLevel: LogLevel;
  readonly clock: Clock;
  /** The machine as the night sees it: power, heat, whether somebody works on it. */
  readonly machine: Machine;
  /** Keeps the machine from sleeping; the system's own program unless a desktop does it. */
  readonly keepAwake?: KeepAwake;
  readonly queue: Partial<QueueSettings>;
  readonly runner: Partial<Omit<RunnerSettings, 'entry' | 'folders' | 'provider' | 'packsDir'>>;
}

/** The version this was built as. */
export const VERSION = process.env.INBETWEEN_VERSION ?? '0.0.0';

/** The data folder of this user on this machine. */
export function userDataDir(): string {
  return (
    process.env.INBETWEEN_DATA || defaultDataDir({ platform: process.platform, home: homedir(), env: process.env })
  );
}

/** What is not given is as an installed companion has it: bundles beside this one, the user's own data folder. */
export function daemonConfig(given: Partial<DaemonConfig> = {}): DaemonConfig {
  const pages = path.join(__dirname, 'ui');
  return {
    dataDir: userDataDir(),
    ports: PORTS,
    renderEntry: path.join(__dirname, 'render.cjs'),
    previewEntry: path.join(__dirname, 'preview.cjs'),
    boardsEntry: path.join(__dirname, 'read-boards.cjs'),
    ...(existsSync(pages) && { pagesDir: pages }),
    provider: 'auto',
    version: VERSION,
    logLevel: 'info',
    clock: systemClock,
    machine: thisMachine(),
    queue: {},
    runner: {},
    ...given,
  };
}
