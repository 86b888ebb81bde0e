/** Files that are boards, nearly boards, or only say so. */
import { writePsdBuffer, type Psd } from 'ag-psd';
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

type Rgba = readonly [number, number, number, number];

/** A sharp image of one colour. */
export function solid(width: number, height: number, [r, g, b, a]: Rgba): Sharp {
  return sharp({ create: { width, height, channels: 4, background: { r, g, b, alpha: a / 255 } } });
}

/** Pixels of one colour as ag-psd takes them. */
export function psdPixels(
  width: number,
  height: number,
  rgba: Rgba,
): { width: number; height: number; data: Uint8ClampedArray } {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < data.length; i += 4) data.set(rgba, i);
  return { width, height, data };
}

/** A Photoshop file; `merged: false` marks it as saved without its flattened picture. */
export function psdFile(psd: Psd, merged = true): Buffer {
  const versionInfo = { hasRealMergedData: merged, writerName: 'test', readerName: 'test', fileVersion: 1 };
  return writePsdBuffer({ ...psd, imageResources: { versionInfo } }, { noBackground: true });
}

/** The same Photoshop file with an ICC profile among its resources (resource 1039). */
export function withPsdProfile(psd: Buffer, profile: Buffer): Buffer {
  const resourcesAt = 26 + 4 + psd.readUInt32BE(26);
  const pad = profile.length % 2;
  const resource = Buffer.alloc(12 + profile.length + pad);
  resource.write('8BIM', 0, 'latin1');
  resource.writeUInt16BE(1039, 4);
  resource.writeUInt32BE(profile.length, 8);
  profile.copy(resource, 12);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(psd.readUInt32BE(resourcesAt) + resource.length);
  return Buffer.concat([psd.subarray(0, resourcesAt), length, resource, psd.subarray(resourcesAt + 4)]);
}

/** A Photoshop file of two layers, `side` pixels a side, whose channels are packed by zip and unfold to so many bytes each. */
export function zippedPsd(side: number, unfolded: number): Buffer {
  const u16 = (...values: number[]): Buffer => Buffer.concat(values.map((value) => Buffer.from([value >> 8, value])));
  const u32 = (...values: number[]): Buffer => Buffer.concat(values.map((value) => u16(value >>> 16, value & 0xffff)));
  const packed = Buffer.concat([u16(2), deflateSync(Buffer.alloc(unfolded, 99))]);
  const channels = [0, 1, 2].map((id) => Buffer.concat([u16(id), u32(packed.length)]));
  const extra = Buffer.concat([u32(0, 0), Buffer.from('\x03ink')]);
  const record = [u32(0, 0, side, side), u16(3), ...channels, Buffer.from('8BIMnorm'), u32(0xff000000)];
  const records = [...record, u32(extra.length), extra, ...record, u32(extra.length), extra];
  const layers = Buffer.concat([u16(2), ...records, ...new Array<Buffer>(6).fill(packed)]);
  const even = Buffer.concat([layers, Buffer.alloc(layers.length % 2)]);
  const header = [Buffer.from('8BPS'), u16(1, 0, 0, 0, 3), u32(side, side), u16(8, 3), u32(0, 0)];
  const merged = [u16(0), Buffer.alloc(3 * side * side, 50)];
  return Buffer.concat([...header, u32(even.length + 8, even.length), even, u32(0), ...merged]);
}

/** A PNG of a few bytes whose header claims another size. */
export async function pngClaiming(width: number, height: number): Promise<Buffer> {
  const png = await solid(1, 1, [0, 0, 0, 255]).png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

/** A JPEG whose frame header claims another size. */
export async function jpegClaiming(width: number, height: number): Promise<Buffer> {
  const jpeg = await solid(8, 8, [0, 0, 0, 255]).jpeg().toBuffer();
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  jpeg.writeUInt16BE(height, frame + 5);
  jpeg.writeUInt16BE(width, frame + 7);
  return jpeg;
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
