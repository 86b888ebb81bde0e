/** Figures into docs/reliability.md: each part of the torture owns what is between its two marks. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../companion-app/queue/files';

/** Puts `text` between `<!-- name -->` and `<!-- /name -->`. Throws where the page has no such marks. */
export async function writeFigures(root: string, name: string, text: string): Promise<void> {
  const file = path.join(root, 'docs', 'reliability.md');
  const page = await readFile(file, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/reliability.md has no place for "${name}".`);
  await writeWhole(file, `${page.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${page.slice(to)}`);
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
