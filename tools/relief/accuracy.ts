/**
 * Measures how well each way of telling near from far orders the labelled boards' points, and prints tables for
 * docs/relief.md. `--development` leaves the held-out half untouched, `--boards DIR` writes the boards as PNG.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { labelledBoards, type LabelledBoard } from './set/boards';
import { STYLES } from './set/style';
import { accuracy, METHODS } from './methods';

interface Row {
  readonly method: string;
  readonly board: LabelledBoard;
  readonly right: number;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
const percent = (v: number): string => (Number.isNaN(v) ? '–' : (100 * v).toFixed(1));

function table(
  title: string,
  rows: readonly Row[],
  groups: readonly string[],
  of: (b: LabelledBoard) => string,
): string {
  const methods = Object.keys(METHODS);
  const lines = [`| ${title} | ${methods.join(' | ')} |`, `|---|${methods.map(() => '--:').join('|')}|`];
  for (const group of [...groups, 'all']) {
    const cells = methods.map((m) =>
      percent(
        mean(rows.filter((r) => r.method === m && (group === 'all' || of(r.board) === group)).map((r) => r.right)),
      ),
    );
    lines.push(`| ${group} | ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

async function main(): Promise<void> {
  const development = process.argv.includes('--development');
  const at = process.argv.indexOf('--boards');
  const folder = at > 0 ? process.argv[at + 1] : undefined;
  if (folder) await mkdir(folder, { recursive: true });
  const rows: Row[] = [];
  let pairs = 0;
  let boards = 0;
  for await (const board of labelledBoards()) {
    if (development && board.heldOut) continue;
    if (folder) {
      const raw = { width: board.width, height: board.height, channels: 3 as const };
      await sharp(board.rgb, { raw })
        .png()
        .toFile(path.join(folder, `${board.name}.png`));
    }
    boards++;
    pairs += board.pairs.length;
    for (const [method, near] of Object.entries(METHODS)) {
      rows.push({ method, board, right: accuracy(board, near(board)) });
    }
  }
  const heldOut = rows.filter((r) => r.board.heldOut);
  const scenes = [...new Set(rows.map((r) => r.board.scene))];
  process.stdout.write(`${boards} boards, ${pairs} pairs of points\n\n`);
  for (const [name, part] of [
    ['development half', rows.filter((r) => !r.board.heldOut)],
    ['held-out half', heldOut],
  ] as const) {
    if (part.length === 0) continue;
    process.stdout.write(`${table(`style, ${name}`, part, STYLES, (b) => b.style)}\n\n`);
    process.stdout.write(`${table(`scene, ${name}`, part, scenes, (b) => b.scene)}\n\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
