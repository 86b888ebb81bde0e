/** A small part of the set that `npm run review:accuracy` measures whole: the real engines, real ffmpeg, planted faults. */
import path from 'node:path';
import { ALL_MOVES, moveOf } from '../../tools/review/set/bases';
import { FAULTS } from '../../tools/review/set/faults';
import { clips, judged, Score } from '../../tools/review/set/judge';
import { temporaryFolder } from '../media/temp-folder';

const folder = temporaryFolder('planted');
const boards = {
  folder: path.resolve(__dirname, '../../examples/boards'),
  single: ['SH010', 'SH050'],
  pair: ['SH030_A', 'SH030_B'],
} as const;

test('clean clips of the engines raise no flag, and each kind of fault is found by the check that is there for it', async () => {
  const score = new Score();
  const moves = [[moveOf('push-in')], [moveOf('static')]];
  for await (const planted of clips({ boards, moves, times: 1 })) score.add(planted, await judged(planted, folder()));
  expect(score.errors).toEqual([]);
  expect(score.cleanPassed).toBe(score.clean);
  expect(score.faulty).toBe(Object.keys(FAULTS).length);
}, 120_000);

test('the whole set holds at least a hundred clips', () => {
  const clean = ALL_MOVES.length * 3 + 3;
  expect(clean + 2 * Object.keys(FAULTS).length).toBeGreaterThanOrEqual(100);
});
