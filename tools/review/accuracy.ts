/** Measures the checks: clean clips of the real engines and clips with planted faults, precision and recall of each check. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ALL_MOVES, moveOf } from './set/bases';
import { clips, judged, Score, type Tally } from './set/judge';

const root = process.argv[2] ?? '.';
/** `--small`: a few of each, told as JSON, nothing written. */
const small = process.argv[3] === '--small';
const times = small ? 1 : Number(process.argv[3] ?? 5);
const BOARDS = {
  folder: path.join(root, 'examples/boards'),
  single: small ? ['SH010', 'SH050'] : ['SH010', 'SH020', 'SH050'],
  pair: ['SH030_A', 'SH030_B'],
} as const;
const [BEGIN, END] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

const part = (of: number, all: number): string =>
  all === 0 ? '–' : `${((100 * of) / all).toFixed(0)} % (${of}/${all})`;

function row(name: string, { found, missed, wrong, passed }: Tally): string {
  const recall = part(found, found + missed);
  return `| ${name} | ${part(found, found + wrong)} | ${recall} | ${wrong} of ${wrong + passed} |`;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'inbetween-review-'));
  const score = new Score();
  let seconds = 0;
  try {
    for await (const planted of clips({
      boards: BOARDS,
      moves: small ? [[moveOf('push-in')], [moveOf('static')]] : ALL_MOVES,
      times,
    })) {
      const began = performance.now();
      score.add(planted, await judged(planted, folder));
      seconds += (performance.now() - began) / 1000;
      process.stderr.write(`\r${score.clean + score.faulty} clips, ${score.errors.length} wrong words `);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.stderr.write(`\n${score.errors.join('\n')}\n`);
  if (small) {
    const { clean, cleanPassed, faulty, errors } = score;
    process.stdout.write(
      JSON.stringify({ clean, cleanPassed, faulty, errors, tallies: Object.fromEntries(score.tallies) }),
    );
    return;
  }
  const all = score.clean + score.faulty;
  const lines = [
    `${all} clips: ${score.clean} clean, of which ${score.cleanPassed} raise no flag at all, and ${score.faulty} with a planted fault.`,
    '',
    '| check | precision | recall | false alarms |',
    '|---|---|---|---|',
    ...[...score.tallies].sort(([a], [b]) => a.localeCompare(b)).map(([name, tally]) => row(name, tally)),
    '',
    ...(score.errors.length === 0
      ? ['No clip was judged wrongly.']
      : ['What was judged wrongly:', '', ...score.errors.map((error) => `- ${error}`)]),
  ];
  process.stdout.write(`${lines.join('\n')}\n${(seconds / all).toFixed(2)} s a clip for encoding and checking\n`);
  const file = path.join(root, 'docs/review.md');
  const text = await readFile(file, 'utf8').catch(() => `${BEGIN}\n${END}\n`);
  const [before, after] = [text.slice(0, text.indexOf(BEGIN) + BEGIN.length), text.slice(text.indexOf(END))];
  await writeFile(file, `${before}\n\n${lines.join('\n')}\n\n${after}`);
}

void main();
