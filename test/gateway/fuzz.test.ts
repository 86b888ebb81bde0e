/** Fuzzing, the short way: fixed seeds, a few seconds. `npm run fuzz` goes on for millions. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fuzzGateway } from './fuzz/gateway';
import { fuzzLoader, loaders } from './fuzz/loaders';

const ONNX = path.join(__dirname, '../fixtures/golden/svd-stub-a/pack/unet/model.onnx');

test.each([1, 2])('the gateway answers, and keeps to its folder, after nonsense of seed %d', async (seed) => {
  await fuzzGateway({ seed, messages: 2_500, requests: 100 });
});

test('every loader reads a spoilt file or refuses it in words, and the samples themselves are good', async () => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'inbetween-fuzz-'));
  try {
    const readAll: Record<string, boolean> = {};
    for (const loader of await loaders(ONNX)) {
      // Each PDF starts its reader anew.
      const tries = loader.name === 'PDF' ? 8 : 40;
      readAll[loader.name] = (await fuzzLoader(loader, root, 1, tries)) < tries;
    }
    expect(Object.keys(readAll)).toHaveLength(18);
    // Spoilt files have to be refused now and then, or nothing was spoilt.
    expect(Object.values(readAll).filter(Boolean).length).toBeGreaterThan(13);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
