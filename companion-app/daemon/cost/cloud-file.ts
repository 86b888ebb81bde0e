/** A table of published prices that somebody keeps for themselves: cloud-prices.json in the data folder wins over the one that comes along. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../queue';
import { CLOUD_PRICES, zCloudPrices, type CloudPrices } from '../../review/cost';

/** The table that counts: the one that comes along where there is no other, or none that can be read; the log says so then. */
export async function cloudPrices(root: string, log: Log): Promise<CloudPrices> {
  const text = await readFile(path.join(root, 'cloud-prices.json'), 'utf8').catch(() => null);
  if (text === null) return CLOUD_PRICES;
  try {
    return zCloudPrices.parse(JSON.parse(text));
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.message : String(error) }, 'cloud-prices.json was passed over');
    return CLOUD_PRICES;
  }
}
