/** Where the companion keeps its things, and how that folder is laid out. Readable by its user alone. */
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../shared/problem';

export interface DataLayout {
  readonly root: string;
  /** The queue's database, its copy of the last start. */
  readonly store: string;
  readonly backup: string;
  /** Held by the one daemon that may use this folder. */
  readonly lock: string;
  /** Tells the command line where the daemon listens. */
  readonly running: string;
  /** Lets this user's command line in without pairing. */
  readonly localToken: string;
  readonly paired: string;
  /** Key and certificate shown to other machines. */
  readonly identity: string;
  /** Companions elsewhere that this machine is paired with. */
  readonly companions: string;
  readonly settings: string;
  readonly log: string;
  readonly boards: string;
  readonly attempts: string;
  readonly takes: string;
  readonly packs: string;
  /** For a farm without a shared folder: what workers sent, what tickets are made of; a worker's boards and takes. */
  readonly farm: {
    readonly received: string;
    readonly secret: string;
    readonly boards: string;
    readonly takes: string;
  };
}

/** All paths below `root`, which becomes absolute. */
export function dataLayout(root: string): DataLayout {
  const at = (...parts: string[]): string => path.join(path.resolve(root), ...parts);
  return {
    root: at(),
    store: at('queue', 'queue.db'),
    backup: at('queue', 'queue.backup.db'),
    lock: at('queue', 'daemon.lock'),
    running: at('daemon.json'),
    localToken: at('local-token'),
    paired: at('paired.json'),
    identity: at('identity.pem'),
    companions: at('companions.json'),
    settings: at('settings.json'),
    log: at('logs', 'daemon.log'),
    boards: at('boards'),
    attempts: at('attempts'),
    takes: at('takes'),
    packs: at('packs'),
    farm: {
      received: at('farm', 'received'),
      secret: at('farm', 'secret'),
      boards: at('farm', 'boards'),
      takes: at('farm', 'takes'),
    },
  };
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The folder each system sets aside for a program's own data. */
export function defaultDataDir({ platform, home, env }: Machine): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Inbetween');
  if (platform === 'win32') return path.join(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'Inbetween');
  // The XDG specification: relative paths are to be ignored.
  const data = env.XDG_DATA_HOME;
  return path.join(data && path.isAbsolute(data) ? data : path.join(home, '.local', 'share'), 'inbetween');
}

/** Makes the folders. Throws InbetweenError "folder-unwritable" (or "disk-full") naming the one that cannot be made. */
export async function makeDataFolders(layout: DataLayout): Promise<void> {
  const folders = [
    layout.root,
    path.dirname(layout.store),
    path.dirname(layout.log),
    layout.boards,
    layout.attempts,
    layout.takes,
    layout.packs,
  ];
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
    } catch (error) {
      const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
      throw new InbetweenError(
        {
          code: full ? 'disk-full' : 'folder-unwritable',
          message: full
            ? `There is no room left for the companion's folder ${folder}.`
            : `The companion cannot use its folder ${folder}.`,
          safe: 'Nothing was started or changed.',
          action: full
            ? 'Make room on that disk, then start again.'
            : 'Give yourself the right to write there, or choose another with --data.',
        },
        { cause: error },
      );
    }
  }
}
