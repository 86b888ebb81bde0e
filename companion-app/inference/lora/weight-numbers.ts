/** Reading a weight's numbers, from the model's bytes or from the file beside it. */
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { packInvalid } from '../packs';
import { BYTES_OF, decodeFloats, fromBfloat, fromHalf } from './floats';
import { product, type Target } from './plan';

/** Files beside a graph, opened when first needed. Their places were checked to lie within the pack (`verifyGraph`). */
export class WeightFiles {
  private readonly files = new Map<string, FileHandle>();

  constructor(private readonly folder: string) {}

  /** @throws InbetweenError `pack-invalid` where the numbers are not all there */
  async read({ weight, kind }: Target): Promise<Float32Array> {
    const { place, dims, name } = weight;
    const count = product(dims);
    const bytes = count * BYTES_OF[kind];
    if (place.at === 'bytes') return decodeFloats(whole(place.bytes, bytes, name), kind);
    if (place.at === 'file') {
      if ((place.length ?? bytes) !== bytes || !Number.isSafeInteger(place.offset) || place.offset < 0) {
        throw damaged(name);
      }
      const file = await this.file(place.location);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, place.offset);
      return decodeFloats(whole(buffer.subarray(0, bytesRead), bytes, name), kind);
    }
    if (place.values.length !== count) throw damaged(name);
    if (place.at === 'floats') return Float32Array.from(place.values);
    if (kind === 'f32') throw damaged(name);
    return Float32Array.from(place.values, kind === 'f16' ? fromHalf : fromBfloat);
  }

  async close(): Promise<void> {
    await Promise.all([...this.files.values()].map((file) => file.close()));
  }

  private async file(location: string): Promise<FileHandle> {
    const file = this.files.get(location) ?? (await open(join(this.folder, location)));
    this.files.set(location, file);
    return file;
  }
}

function whole(bytes: Uint8Array, due: number, name: string): Uint8Array {
  if (bytes.length !== due) throw damaged(name);
  return bytes;
}

const damaged = (name: string) => packInvalid(`The weight "${name}" of the model is damaged: numbers are missing.`);
