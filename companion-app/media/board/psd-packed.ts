/** A flattened picture of 16-bit samples packed by run lengths (Adobe, "Photoshop File Formats Specification": image data). */
import type { Rgba } from './psd-pixels';

const GREY = 1;

/** One packed row into `out`; what is missing stays 0. */
function unpack(packed: Uint8Array, out: Uint8Array): void {
  for (let i = 0, to = 0; i < packed.length && to < out.length;) {
    const head = packed[i] ?? 128;
    i += 1;
    if (head < 128) {
      out.set(packed.subarray(i, Math.min(i + head + 1, i + out.length - to)), to);
      i += head + 1;
      to += head + 1;
    } else if (head > 128) {
      out.fill(packed[i] ?? 0, to, to + 257 - head);
      i += 1;
      to += 257 - head;
    }
  }
}

/** The flattened picture that begins at `at`, 8-bit and opaque; grey or RGB, as the file's header says. */
export function packedPicture(bytes: Uint8Array, at: number): Rgba {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [channels, height, width] = [view.getUint16(12), view.getUint32(14), view.getUint32(18)];
  const [large, grey] = [view.getUint16(4) === 2, view.getUint16(24) === GREY];
  const entry = large ? 4 : 2;
  const data = new Uint8Array(width * height * 4).fill(255);
  const row = new Uint8Array(width * 2);
  let from = at + 2 + channels * height * entry;
  for (let line = 0; line < channels * height; line += 1) {
    const place = at + 2 + line * entry;
    const length = large ? view.getUint32(place) : view.getUint16(place);
    const channel = Math.floor(line / height);
    if (channel < (grey ? 1 : 3)) {
      unpack(bytes.subarray(from, from + length), row.fill(0));
      for (let x = 0, to = (line % height) * width * 4 + channel; x < width; x += 1, to += 4) {
        const value = Math.round((((row[2 * x] ?? 0) << 8) | (row[2 * x + 1] ?? 0)) / 257);
        data[to] = value;
        if (grey) data[to + 1] = data[to + 2] = value;
      }
    }
    from += length;
  }
  return { width, height, data };
}
