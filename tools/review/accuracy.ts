/** Measures the checks: clean clips of the real engines and clips with planted faults, precision and recall of each check. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chance } from '../relief/set/random';
import { ALL_MOVES, boardFiles, moveOf } from './set/bases';
import { drawnBy, usually } from './set/dice';
import { ONE_OF_EACH } from './set/faults';
import { clips, judged, Score, type SetWish, type Tally } from './set/judge';
import { unseen } from './set/unseen';

/**
 * Which set: the one that thresholds were set by; one drawn by lot that none was (`--unseen SEED`); or a few clips of the first, told
 * as JSON, nothing written (`--small`).
 */
const [root = '.', what, seed = '1'] = process.argv.slice(2);
const TIMES = 5;
const PAIR = ['SH030_A', 'SH030_B'] as const;

async function wished(): Promise<SetWish> {
  const folder = path.join(root, 'examples/boards');
  if (what === '--small') {
    const { single, pair } = await boardFiles(folder, ['SH010', 'SH050'], PAIR);
    const [moved, still] = [[moveOf('push-in')], [moveOf('static')]];
    const boards = {
      single: single.map((board, i) => ({ ...board, moves: [i === 0 ? moved : still] })),
      ...{ pair, pairMoves: ['push-in'] as const },
    };
    return { boards, moves: [], times: 1, dice: usually, faults: ONE_OF_EACH };
  }
  if (what === '--unseen')
    return { boards: await unseen(Number(seed)), moves: [], times: TIMES, dice: drawnBy(chance(Number(seed) + 1)) };
  return {
    boards: await boardFiles(folder, ['SH010', 'SH020', 'SH050'], PAIR),
    moves: ALL_MOVES,
    times: TIMES,
    dice: usually,
  };
}

const part = (of: number, all: number): string =>
  all === 0 ? '–' : `${((100 * of) / all).toFixed(0)} % (${of}/${all})`;

function row(name: string, { found, missed, wrong, passed }: Tally): string {
  const recall = part(found, found + missed);
  return `| ${name} | ${part(found, found + wrong)} | ${recall} | ${wrong} of ${wrong + passed} |`;
}

async function measured(): Promise<Score> {
  const folder = await mkdtemp(path.join(tmpdir(), 'inbetween-review-'));
  const score = new Score();
  const began = performance.now();
  try {
    for await (const planted of clips(await wished())) {
      score.add(planted, await judged(planted, folder));
      process.stderr.write(`\r${score.clean + score.faulty} clips, ${score.errors.length} wrong words `);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.stderr.write(`in ${((performance.now() - began) / 1000).toFixed(0)} s\n${score.errors.join('\n')}\n`);
  return score;
}

function told({ clean, cleanPassed, faulty, tallies, errors }: Score): string {
  return [
    `${clean + faulty} clips: ${clean} clean, of which ${cleanPassed} raise no flag at all, and ${faulty} with a planted fault.`,
    '',
    '| check | precision | recall | false alarms |',
    '|---|---|---|---|',
    ...[...tallies].sort(([a], [b]) => a.localeCompare(b)).map(([name, tally]) => row(name, tally)),
    '',
    ...(errors.length === 0
      ? ['No clip was judged wrongly.']
      : ['What was judged wrongly:', '', ...errors.map((error) => `- ${error}`)]),
  ].join('\n');
}

async function main(): Promise<void> {
  const score = await measured();
  if (what === '--small') {
    const { clean, cleanPassed, faulty, errors } = score;
    process.stdout.write(
      JSON.stringify({
        clean,
        cleanPassed,
        faulty,
        errors,
        found: [...score.tallies].flatMap(([name, { found }]) => (found > 0 ? [name] : [])),
      }),
    );
    return;
  }
  const text = told(score);
  process.stdout.write(`${text}\n`);
  const name = what === '--unseen' ? 'unseen' : 'measured';
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const file = path.join(root, 'docs/review.md');
  const page = await readFile(file, 'utf8');
  const [before, after] = [page.slice(0, page.indexOf(begin) + begin.length), page.slice(page.indexOf(end))];
  await writeFile(file, `${before}\n\n${text}\n\n${after}`);
}

void main();
