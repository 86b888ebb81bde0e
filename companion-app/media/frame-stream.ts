/** A byte stream cut into frames; what is left over at its end is no frame. */
export async function* inFrames(stream: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let frame = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length;) {
      const taken = chunk.copy(frame, filled, at, Math.min(chunk.length, at + size - filled));
      at += taken;
      filled += taken;
      if (filled < size) continue;
      yield frame;
      frame = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
}
