// A scratch track: clock, footsteps, a low chord. 16-bit mono WAV at 16 kHz, seeded.
import { seeded } from './pencil.mjs';

export function scratchTrack(seconds) {
  const rate = 16000;
  const n = rate * seconds;
  const rnd = seeded(7);
  const data = Buffer.alloc(44 + n * 2);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + n * 2, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(n * 2, 40);
  for (let i = 0; i < n; i++) {
    const t = i / rate;
    const chord = [98, 147, 196].reduce((sum, hz) => sum + Math.sin(2 * Math.PI * hz * t), 0) * 0.05 * (0.6 + 0.4 * Math.sin(t * 0.7));
    const tick = Math.exp(-((t % 1) * 90)) * Math.sin(2 * Math.PI * 1800 * t) * 0.12;
    const step = Math.exp(-((t % 0.62) * 30)) * (rnd() - 0.5) * (t > 8 ? 0.25 : 0);
    data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, chord + tick + step)) * 32000), 44 + i * 2);
  }
  return data;
}
