/** What this product placed on a sequence, kept in the sequence's own properties: it travels with the project. */
import type { Action, Properties, Sequence } from '@adobe/premierepro';
import { z } from 'zod';
import type { PremiereApi } from './api';
import { orNull } from './host-values';

const NAME = 'inbetween.ledger';
/** Oldest entries go first: far more than a sequence has shots, and small enough for a project file. */
const MOST = 4000;

const zEntry = z.object({
  jobId: z.string(),
  shot: z.string(),
  take: z.number().int(),
  /** File name of the clip; folders may move. */
  file: z.string(),
});
export type LedgerEntry = z.output<typeof zEntry>;

const zLedger = z.object({
  v: z.literal(1),
  takes: z.array(zEntry),
  /** Jobs whose takes are hidden for the length of a board's export: found again, they are shown. */
  hidden: z.array(z.string()),
});
export type Ledger = z.output<typeof zLedger>;

const NO_LEDGER: Ledger = { v: 1, takes: [], hidden: [] };

/** Reads text that was stored; anything that is no ledger (lost, foreign, damaged) counts as none. */
export function parseLedger(text: string): Ledger {
  try {
    const read = zLedger.safeParse(JSON.parse(text));
    return read.success ? read.data : NO_LEDGER;
  } catch {
    return NO_LEDGER;
  }
}

/** The ledger with these entries known, later ones winning. */
export function remember(ledger: Ledger, entries: readonly LedgerEntry[]): Ledger {
  const added = new Set(entries.map((entry) => entry.jobId));
  return { ...ledger, takes: [...ledger.takes.filter((entry) => !added.has(entry.jobId)), ...entries].slice(-MOST) };
}

/** A sequence's properties and the ledger in them; `properties` is null where the host gives none. */
export interface LedgerReading {
  readonly ledger: Ledger;
  readonly properties: Properties | null;
}

/** Never throws: without a ledger, file names still tell which clips are ours. */
export async function readLedger(ppro: PremiereApi, sequence: Sequence): Promise<LedgerReading> {
  try {
    const properties = orNull(await ppro.Properties.getProperties(sequence));
    if (!properties?.hasValue(NAME)) return { ledger: NO_LEDGER, properties };
    return { ledger: parseLedger(properties.getValue(NAME)), properties };
  } catch {
    return { ledger: NO_LEDGER, properties: null };
  }
}

/** Action makers that store a ledger, for a transaction's optional part; none where the host has no properties. */
export function storeLedger(
  ppro: PremiereApi,
  properties: Properties | null,
  ledger: Ledger,
): readonly (() => Action)[] {
  if (!properties) return [];
  return [() => properties.createSetValueAction(NAME, JSON.stringify(ledger), ppro.Constants.PropertyType.PERSISTENT)];
}
