/** The file that remembers who is paired: hashes of tokens, for this user's eyes alone, replaced whole or not at all. */
import { chmod, open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Log } from './ports';
import { systemCode } from './storage-problem';

const zPairedClient = z.object({
  /** SHA-256 of the token, hex. The token itself is known to the client only. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(80),
  instance: z.string().max(64),
  /** Milliseconds since 1970. */
  pairedAt: z.number(),
});
export type PairedClient = z.output<typeof zPairedClient>;

const zFile = z.object({ version: z.literal(1), clients: z.array(zPairedClient).max(1000) });

/** The system's keychain, where there is one: what it seals only this user can open, on this machine. */
export interface Seal {
  /** False where the system has no keychain, or only one that hides nothing. */
  available(): Promise<boolean>;
  seal(text: string): Promise<Uint8Array>;
  /** Rejects for what it did not seal. */
  open(sealed: Uint8Array): Promise<string>;
}

/** Begins a file that holds sealed bytes. */
const SEALED = 'inbetween-sealed-1:';

/** Where paired clients are kept. */
export interface PairingStore {
  load(): Promise<readonly PairedClient[]>;
  /** Resolves once the list is on the disk. */
  save(clients: readonly PairedClient[]): Promise<void>;
}

/**
 * A JSON file of mode 0600, sealed where there is a keychain. One that cannot be read is set aside as `.broken`: everyone pairs anew.
 */
export function createPairingFile(file: string, log: Log, seal?: Seal): PairingStore {
  return {
    async load() {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if (systemCode(error) === 'ENOENT') return null;
        throw error;
      });
      if (text === null) return [];
      await chmod(file, 0o600);
      const clients = await parse(text, seal);
      if (clients) return clients;
      await rename(file, `${file}.broken`);
      log.warn({ file }, 'the list of paired panels was damaged and set aside; panels have to pair again');
      return [];
    },
    async save(clients) {
      const temporary = `${file}.new`;
      await rm(temporary, { force: true });
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(await written(JSON.stringify({ version: 1, clients }), seal));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    },
  };
}

async function written(json: string, seal?: Seal): Promise<string> {
  return seal && (await seal.available()) ? SEALED + Buffer.from(await seal.seal(json)).toString('base64') : json;
}

/** A file from before there was a keychain is read as it is, and sealed when it is next written. */
async function parse(text: string, seal?: Seal): Promise<readonly PairedClient[] | null> {
  try {
    const sealed = text.startsWith(SEALED);
    if (sealed && seal === undefined) return null;
    const json = sealed && seal ? await seal.open(Buffer.from(text.slice(SEALED.length), 'base64')) : text;
    return zFile.parse(JSON.parse(json)).clients;
  } catch {
    return null;
  }
}
