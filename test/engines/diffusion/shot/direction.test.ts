import { callFor, directionOf } from '../../../../companion-app/engines/diffusion/shot/direction';
import { normalNoise } from '../../../../companion-app/engines/diffusion/shot/noise';
import { RATES, type Shot } from '../../../../shared/shot';

const shot = (notes: string, more: Partial<Shot> = {}): Shot => ({
  id: 'a',
  name: 'SH010',
  rate: RATES['24'],
  dropFrame: false,
  startFrame: 0,
  frames: 48,
  size: { width: 128, height: 64 },
  fit: 'fill',
  boards: [],
  notes,
  ...more,
});

test('what happens goes into the prompt, what the camera does stays out of it', () => {
  const { prompt } = directionOf(shot('Slow push in over 2s. Anna opens the letter and smiles.'), {
    style: 'pencil sketch',
  });
  expect(prompt).toMatch(/Anna opens the letter.*smiles/);
  expect(prompt).toContain('pencil sketch');
  expect(prompt).not.toMatch(/push|2s/i);
});

test('words written for the model win over the note; the line of the sequence stays beside them', () => {
  const lines = { prompt: 'waves roll in', negative: 'people', style: 'ink' };
  expect(directionOf(shot('Anna smiles', { action: 'A boat rocks.' }), lines)).toMatchObject({
    prompt: 'waves roll in, ink',
    negative: 'people',
  });
  expect(directionOf(shot('Anna smiles'), { negative: '' }).negative).toBe('');
});

test('the action field comes first', () => {
  expect(directionOf(shot('pan left', { action: 'A boat rocks.' })).prompt).toMatch(/^A boat rocks/);
});

test('a held camera asks for little motion, a fast one for more', () => {
  const bucket = (notes: string) => directionOf(shot(notes)).motionBucket;
  expect(bucket('static')).toBeLessThan(bucket('Anna smiles'));
  expect(bucket('fast push in')).toBeGreaterThan(bucket('slow push in'));
});

test('each family gets its own arguments', () => {
  const window = { width: 64, height: 64, frames: 9, steps: 4, fps: 24 };
  const direction = directionOf(shot('Anna smiles'));
  expect(callFor('svd', window, direction)).toMatchObject({ fps: 24, motion_bucket_id: 127 });
  expect(callFor('svd', window, direction)).not.toHaveProperty('prompt');
  expect(callFor('ltx', window, direction)).toMatchObject({ frame_rate: 24, prompt: 'Anna smiles' });
  expect(callFor('i2vgen', window, direction)).toMatchObject({ target_fps: 24 });
  expect(callFor('wan-ti2v', window, direction)).toMatchObject({ num_frames: 9 });
});

test('noise is standard normal, its own for each seed and name', () => {
  const noise = normalNoise(7, 'latents', 100_001);
  const mean = noise.reduce((sum, x) => sum + x, 0) / noise.length;
  const variance = noise.reduce((sum, x) => sum + (x - mean) ** 2, 0) / noise.length;
  const fourth = noise.reduce((sum, x) => sum + x ** 4, 0) / noise.length;
  expect(Math.abs(mean)).toBeLessThan(0.015);
  expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  expect(Math.abs(fourth - 3)).toBeLessThan(0.15);
  const together = (other: Float32Array) => noise.reduce((sum, x, i) => sum + x * (other[i] ?? 0), 0) / noise.length;
  expect(normalNoise(7, 'latents', 100_001)).toEqual(noise);
  expect(Math.abs(together(normalNoise(8, 'latents', 100_001)))).toBeLessThan(0.015);
  expect(Math.abs(together(normalNoise(7, 'aug', 100_001)))).toBeLessThan(0.015);
});
