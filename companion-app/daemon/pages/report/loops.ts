/** Small moving pictures of takes, made once and kept by the clip's hash. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Take } from '../../../../shared/protocol';
import type { Log } from '../../../queue';
import { loopOf } from '../../../review/report';
import { dataUri } from '../../report-pictures';

/** A page is answered within this; loops that take longer are there the next time. */
const PATIENCE_MS = 4_000;

export class Loops {
  readonly #making = new Map<string, Promise<string | null>>();
  /** One at a time: rendering has the machine. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {}

  /** The loops of these takes, null where there is none (yet). `whole` waits for all of them. */
  async of(takes: readonly (Take | undefined)[], whole: boolean): Promise<(string | null)[]> {
    const late = new Promise<null>((resolve) => void setTimeout(resolve, PATIENCE_MS, null).unref());
    return Promise.all(
      takes.map(async (take) => {
        if (!take) return null;
        return whole ? this.#one(take) : Promise.race([this.#one(take), late]);
      }),
    );
  }

  #one(take: Take): Promise<string | null> {
    const known = this.#making.get(take.sha256);
    if (known) return known;
    const made = this.#kept(take).finally(() => this.#making.delete(take.sha256));
    this.#making.set(take.sha256, made);
    return made;
  }

  async #kept(take: Take): Promise<string | null> {
    const file = path.join(this.folder, `${take.sha256}.webp`);
    const kept = await readFile(file).catch(() => null);
    if (kept) return dataUri('webp', kept);
    const made = this.#last.then(async () => {
      try {
        const bytes = await loopOf(take, take.frames, undefined, take.handles?.before);
        await mkdir(this.folder, { recursive: true });
        await writeFile(`${file}.part`, bytes);
        await rename(`${file}.part`, file);
        return dataUri('webp', bytes);
      } catch (error) {
        this.log.info({ error: error instanceof Error ? error.message : String(error) }, 'a take gave no loop');
        return null;
      }
    });
    this.#last = made;
    return made;
  }
}
