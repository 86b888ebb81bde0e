/** The catalogue: which packs there are, under what licence, and the exact bytes of each of their files. */
import { z } from 'zod';
import { allowedAddress } from './address';
import { clash, isPackName, isPackPath } from './paths';

const zSentence = z.string().trim().min(1).max(2000);
const zAddress = z
  .string()
  .max(2000)
  .refine((text) => allowedAddress(text) !== undefined, 'must be an https address without a user name in it');

export const zSha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 small hexadecimal digits');
/** Up to 8 TiB, so that sums stay exact. */
export const zBytes = z
  .number()
  .int()
  .min(0)
  .max(2 ** 43);

const zFile = z.strictObject({
  /** Place within the pack, with "/". */
  path: z.string().refine(isPackPath, 'is no name for a file of a pack'),
  bytes: zBytes,
  sha256: zSha256,
  /** Where the same bytes can be had; tried in turn. */
  urls: z.array(zAddress).min(1).max(8),
});

const zFiles = z
  .array(zFile)
  .min(1)
  .max(2000)
  .refine((files) => clash(files.map(({ path }) => path)) === undefined, 'has two files of the same name');

const zEntry = z.strictObject({
  name: z.string().refine(isPackName, 'is no name for a pack'),
  title: zSentence,
  /** Which pipeline runs it: svd, ltx, wan-ti2v, wan-i2v, i2vgen, rife … */
  family: z.string().regex(/^[a-z0-9-]{1,40}$/),
  about: zSentence,
  licence: z.strictObject({ name: zSentence, url: zAddress, text: z.string().trim().min(1).max(100_000) }),
  /** How large the model is, in words; the bytes of a download are the sum of its files. */
  size: zSentence,
  /** Memory of the graphics card it needs, in words. */
  vram: zSentence,
  /** Where people read about the model. */
  source: zAddress,
  /** Its files, where they can be pulled. */
  files: zFiles.optional(),
  /** How else to get it, where they cannot. */
  otherwise: zSentence.optional(),
});

export const zCatalogue = z.strictObject({
  version: z.literal(1),
  packs: z
    .array(zEntry)
    .max(1000)
    .refine((packs) => clash(packs.map(({ name }) => name)) === undefined, 'has two packs of the same name'),
});

export type CatalogueFile = z.output<typeof zFile>;
export type CatalogueEntry = z.output<typeof zEntry>;
export type Catalogue = z.output<typeof zCatalogue>;
