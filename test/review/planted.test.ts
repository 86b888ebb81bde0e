/** A small part of the set that `npm run review:accuracy` measures whole: the real engines, real ffmpeg, planted faults. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ALL_MOVES } from '../../tools/review/set/bases';
import { FAULTS, ONE_OF_EACH } from '../../tools/review/set/faults';

const zSmall = z.object({
  clean: z.number(),
  cleanPassed: z.number(),
  faulty: z.number(),
  found: z.array(z.string()),
  errors: z.array(z.string()),
});
const root = path.resolve(__dirname, '../..');

/** What is ordered of the container is tried in check-take.test.ts. */
const PICTURE_CHECKS = [
  ...[
    'black',
    'blown out',
    'colour',
    'first frame',
    'flicker',
    'frozen',
    'lines',
    'loop',
    'motion',
    'palette',
    'safe area',
  ],
];

test('clean clips of the engines raise no flag, and each check of the pictures finds what is planted for it', async () => {
  const tool = path.join(root, 'tools/review/accuracy.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [tool, '--small'], { cwd: root, maxBuffer: 1e7 });
  const { clean, cleanPassed, faulty, found, errors } = zSmall.parse(JSON.parse(stdout));
  expect(errors).toEqual([]);
  expect(cleanPassed).toBe(clean);
  expect(faulty).toBe(ONE_OF_EACH.length);
  expect(found.sort()).toEqual(PICTURE_CHECKS);
}, 240_000);

test('the whole set holds at least a hundred clips', () => {
  const clean = ALL_MOVES.length * 3 + 3;
  expect(clean + 2 * Object.keys(FAULTS).length).toBeGreaterThanOrEqual(100);
});
