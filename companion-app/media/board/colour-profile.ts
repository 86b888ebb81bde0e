/** Colour of bare pixels whose ICC profile came separately. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Rgba } from './psd-pixels';

/** The pixels converted to sRGB; as they are when there is no profile or it is sRGB itself. Alpha is kept. */
export async function toSrgb(picture: Rgba, profile: Uint8Array | null): Promise<Rgba> {
  if (!profile || isSrgb(profile)) return picture;
  const { width, height } = picture;
  const data = await sharp(await withProfile(picture, profile), { limitInputPixels: false })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer();
  return { width, height, data };
}

/** Profiles carry their name as ASCII or as UTF-16. */
function isSrgb(profile: Uint8Array): boolean {
  return Buffer.from(profile).toString('latin1').replaceAll('\0', '').includes('sRGB');
}

/** libvips takes a profile only from a file: a PNG of these pixels with it (chunk iCCP: PNG specification, 11.3.2.3). */
async function withProfile({ width, height, data }: Rgba, profile: Uint8Array): Promise<Buffer> {
  const png = await sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false })
    .png({ compressionLevel: 1, adaptiveFiltering: false })
    .toBuffer();
  const icc = chunk('iCCP', Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(profile)]));
  // Signature (8 bytes) and IHDR (25) come first; the profile belongs straight after them.
  return Buffer.concat([png.subarray(0, 33), icc, png.subarray(33)]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** CRC-32 as PNG wants it; the profile is a few kilobytes, so no table. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
