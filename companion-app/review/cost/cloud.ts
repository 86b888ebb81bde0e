/** What others publish as their price of a second: a dated table that anybody may edit. */
import { z } from 'zod';
import table from './cloud-prices.json';

export const zCloudPrices = z.object({
  note: z.string(),
  services: z.array(
    z.object({
      service: z.string().min(1),
      currency: z.string().regex(/^[A-Z]{3}$/),
      perSecond: z.number().positive(),
      source: z.string().min(1),
      /** Year and month in which it was published. */
      date: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
    }),
  ),
});
export type CloudPrices = z.output<typeof zCloudPrices>;

/** The table that comes with the product. */
export const CLOUD_PRICES: CloudPrices = zCloudPrices.parse(table);
