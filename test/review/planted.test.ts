/** A small part of the set that `npm run review:accuracy` measures whole: the real engines, real ffmpeg, planted faults. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ALL_MOVES } from '../../tools/review/set/bases';
import { FAULTS } from '../../tools/review/set/faults';

const zSmall = z.object({
  clean: z.number(),
  cleanPassed: z.number(),
  faulty: z.number(),
  errors: z.array(z.string()),
});
const root = path.resolve(__dirname, '../..');

test('clean clips of the engines raise no flag, and each kind of fault is found by the check that is there for it', async () => {
  const tool = path.join(root, 'tools/review/accuracy.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [tool, '--small'], { cwd: root, maxBuffer: 1e7 });
  const { clean, cleanPassed, faulty, errors } = zSmall.parse(JSON.parse(stdout));
  expect(errors).toEqual([]);
  expect(cleanPassed).toBe(clean);
  expect(faulty).toBe(Object.keys(FAULTS).length);
}, 240_000);

test('the whole set holds at least a hundred clips', () => {
  const clean = ALL_MOVES.length * 3 + 3;
  expect(clean + 2 * Object.keys(FAULTS).length).toBeGreaterThanOrEqual(100);
});
