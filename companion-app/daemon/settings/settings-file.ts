/** The file of settings: read through its schema, written whole, set aside when it cannot be read. */
import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import { DEFAULT_SETTINGS, patched, zSettings, type Settings, type SettingsPatch } from '../../../shared/protocol';
import { diskProblem, errorCode } from '../../queue/disk-problem';
import { writeWhole } from '../../queue/files';
import type { Log } from '../../queue';

export interface SettingsKeeper {
  get(): Settings;
  /**
   * Changes the parts given; resolves with everything once it is on disk. Changes asked for together are made one after the other.
   * Throws InbetweenError "bad-message" for what is no valid setting, "disk-full" or "folder-unwritable"; nothing has changed then.
   */
  change(patch: SettingsPatch): Promise<Settings>;
  /** Calls back after each change until the returned function is called. */
  subscribe(listener: (settings: Settings) => void): () => void;
  /** Where a file that could not be read was put; absent when all was well. */
  readonly setAside?: string;
}

export interface SettingsParts {
  /** Absolute path; need not be there. */
  readonly file: string;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** Milliseconds since 1970: names a file that is set aside. */
  readonly now: () => number;
}

/** The settings in a file's text, or null when they cannot be read. */
function readSettings(text: string): Settings | null {
  try {
    return zSettings.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The settings in a file, for who only looks: defaults where it is not there or cannot be read. The file is left as it is. */
export async function settingsIn(file: string): Promise<Settings> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return (text === null ? null : readSettings(text)) ?? DEFAULT_SETTINGS;
}

async function load(parts: SettingsParts): Promise<{ settings: Settings; setAside?: string }> {
  let text: string;
  try {
    text = await readFile(parts.file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { settings: DEFAULT_SETTINGS };
    throw new InbetweenError(diskProblem(error, path.dirname(parts.file)), { cause: error });
  }
  const settings = readSettings(text);
  if (settings) return { settings };
  const setAside = `${parts.file}.broken-${new Date(parts.now()).toISOString().replace(/[:.]/g, '-')}`;
  await rename(parts.file, setAside);
  parts.log.warn({ aside: path.basename(setAside) }, 'the settings could not be read and were set aside');
  return { settings: DEFAULT_SETTINGS, setAside };
}

function applied(settings: Settings, patch: SettingsPatch): Settings {
  try {
    return patched(settings, patch);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new InbetweenError({
      code: 'bad-message',
      message: `This is no valid setting: ${why.slice(0, 500)}`,
      safe: 'The settings are as they were.',
      action: 'Choose another value.',
    });
  }
}

/** Opens the settings; defaults where there is no file yet. Throws InbetweenError when the file is there but cannot be got at. */
export async function openSettings(parts: SettingsParts): Promise<SettingsKeeper> {
  const loaded = await load(parts);
  let { settings } = loaded;
  const listeners = new Set<(settings: Settings) => void>();
  let last: Promise<unknown> = Promise.resolve();

  const tell = (): void => {
    for (const listener of [...listeners]) {
      try {
        listener(settings);
      } catch (error) {
        parts.log.error({ error: String(error) }, 'a listener of the settings threw');
      }
    }
  };
  const change = async (patch: SettingsPatch): Promise<Settings> => {
    const next = applied(settings, patch);
    try {
      await writeWhole(parts.file, `${JSON.stringify(next, null, 2)}\n`);
    } catch (error) {
      throw new InbetweenError(diskProblem(error, path.dirname(parts.file)), { cause: error });
    }
    settings = next;
    tell();
    return next;
  };

  return {
    get: () => settings,
    change(patch) {
      const turn = last.then(() => change(patch));
      last = turn.catch(() => undefined);
      return turn;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...(loaded.setAside !== undefined && { setAside: loaded.setAside }),
  };
}
