/** Reading catalogues: the one that comes with Inbetween, a person's own, one from an address. */
import { readFile, stat } from 'node:fs/promises';
import { allowedAddress } from './address';
import { errno } from './disk';
import shipped from './catalogue.json';
import { fetchSmall } from './request';
import { catalogueInvalid } from './problems';
import { zCatalogue, type Catalogue } from './schema';

/** A catalogue is text; one larger than this is none. */
const LIMIT = 8 * 2 ** 20;

/** @throws InbetweenError `pack-invalid` saying where in the catalogue and what is wrong */
export function parseCatalogue(text: string, where: string): Catalogue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw catalogueInvalid(where, 'it is not JSON.', cause);
  }
  return checked(value, where);
}

function checked(value: unknown, where: string): Catalogue {
  const read = zCatalogue.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw catalogueInvalid(where, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`, read.error);
}

/** The catalogue in a file or at an https address. */
export async function readCatalogue(from: string, signal: AbortSignal): Promise<Catalogue> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(from)) {
    const url = allowedAddress(from);
    if (!url) throw catalogueInvalid(from, 'only https addresses are asked, and http on this machine.');
    return parseCatalogue(await fetchSmall(url, LIMIT, signal), from);
  }
  let text: string;
  try {
    if ((await stat(from)).size > LIMIT) throw catalogueInvalid(from, 'it is too large to be one.');
    text = await readFile(from, 'utf8');
  } catch (cause) {
    if (errno(cause) !== '') throw catalogueInvalid(from, `it cannot be read (${errno(cause)}).`, cause);
    throw cause;
  }
  return parseCatalogue(text, from);
}

/** The catalogue that comes with Inbetween; entries of `own` take the place of those with the same name. */
export function mergedCatalogue(own?: Catalogue): Catalogue {
  const packs = new Map(checked(shipped, 'catalogue.json').packs.map((entry) => [entry.name, entry]));
  for (const entry of own?.packs ?? []) packs.set(entry.name, entry);
  return { version: 1, packs: [...packs.values()] };
}
