/** Boards of 3840×2160, about 11 MB each: one drawing with grain, and bytes behind it that make each another. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { boardBytes } from '../../../test/gateway/support/samples';

export interface Drawn {
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** Draws board number `n`: the same bytes in every run. */
export type Draw = (n: number) => Drawn;

export async function drawing(): Promise<Draw> {
  const [width, height] = [3840, 2160];
  const grain = boardBytes(width * height, 1);
  const grey = Buffer.from(grain.map((value, i) => 200 + ((i >> 9) % 40) + (value & 15)));
  const png = await sharp(grey, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return (n) => {
    const bytes = Buffer.concat([png, boardBytes(16, n + 2)]);
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
}
