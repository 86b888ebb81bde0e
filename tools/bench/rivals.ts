/** What the product is measured against: ffmpeg's own push-in, and encoding alone. */
import { spawn } from 'node:child_process';
import { CODECS, encodeClip, type Picture } from '../../companion-app/media';
import { RATES, type Size } from '../../shared/shot';

const RATE = RATES['24'];

/** ffmpeg's usual smooth push-in from the board, as a filter; `wide` is the width it is scaled to beforehand. */
function zoompan(amount: number, frames: number, size: Size, wide: number | undefined): string {
  const grow = `zoom='1+${amount - 1}*on/${frames - 1}':x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)'`;
  const pan = `zoompan=${grow}:d=${frames}:s=${size.width}x${size.height}:fps=24`;
  return wide === undefined ? pan : `scale=${wide}:-1,${pan}`;
}

async function finished(program: string, args: readonly string[], each?: (chunk: Buffer) => void): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => each?.(chunk));
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`ffmpeg: ${errors}`);
}

/** Seconds for ffmpeg's scale=8000:-1,zoompan into ProRes Proxy. */
export async function timeZoompan(ffmpeg: string, board: string, frames: number, size: Size, to: string) {
  const { encoder, options, pixelFormat } = CODECS['prores-proxy'];
  const began = performance.now();
  await finished(ffmpeg, [
    ...['-v', 'error', '-y', '-i', board, '-vf', zoompan(1.25, frames, size, 8000), '-frames:v', String(frames)],
    ...['-c:v', encoder, ...options, '-pix_fmt', pixelFormat, to],
  ]);
  return (performance.now() - began) / 1000;
}

/** Grey frames of ffmpeg's push-in, one by one. */
export async function zoompanFrames(
  ffmpeg: string,
  order: { board: string; amount: number; frames: number; size: Size; wide: number | undefined },
  each: (grey: Uint8Array) => void,
): Promise<void> {
  const { board, amount, frames, size, wide } = order;
  const length = size.width * size.height;
  let rest = Buffer.alloc(0);
  await finished(
    ffmpeg,
    [
      ...['-v', 'error', '-i', board, '-vf', zoompan(amount, frames, size, wide), '-frames:v', String(frames)],
      ...['-f', 'rawvideo', '-pix_fmt', 'gray', '-'],
    ],
    (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (; rest.length >= length; rest = rest.subarray(length)) each(Uint8Array.from(rest.subarray(0, length)));
    },
  );
}

/** Seconds for the same frames, already made, through the product's encoder. */
export async function timeEncoding(frames: AsyncIterable<Picture>, count: number, size: Size, to: string) {
  const began = performance.now();
  await encodeClip({ path: to, size, rate: RATE, frames: count, codec: 'prores-proxy', title: 'bench' }, frames);
  return (performance.now() - began) / 1000;
}
