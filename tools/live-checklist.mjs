// Writes the assumptions about Premiere that the simulator is built on into docs/live-checklist.md, each with where it is made.
// With --check it only says whether the page is up to date (exit 1 when not).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const page = path.join(root, 'docs/live-checklist.md');
const simulator = path.join(root, 'test/premiere-simulator');
const [BEGIN, END] = ['<!-- assumptions: begin -->', '<!-- assumptions: end -->'];

/** The comment a line belongs to, as one line of text. */
function commentAt(lines, index) {
  const inline = /\/\/\s*(.*)$/.exec(lines[index]);
  if (inline) {
    // A note behind code speaks of that code.
    const code = lines[index].slice(0, inline.index).trim();
    return code === '' ? inline[1] : `${inline[1]}: \`${code}\``;
  }
  let [from, to] = [index, index];
  while (from > 0 && !lines[from].includes('/**')) from -= 1;
  while (to < lines.length - 1 && !lines[to].includes('*/')) to += 1;
  const text = lines
    .slice(from, to + 1)
    .map((line) => line.replace(/^\s*\/?\*+\/?/, '').replace(/\*\/.*$/, '').trim())
    .join(' ');
  const next = lines[to + 1]?.trim() ?? '';
  const name = /^(?:export\s+)?(?:async\s+|readonly\s+|function\s+|class\s+|const\s+)*([A-Za-z]\w*)/.exec(next)?.[1];
  return (name === undefined ? text : `${text} (\`${name}\`)`).trim();
}

const rows = [];
for (const entry of readdirSync(simulator, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
  const file = path.join(entry.parentPath, entry.name);
  const name = path.relative(simulator, file).split(path.sep).join('/');
  const lines = readFileSync(file, 'utf8').split('\n');
  const seen = new Set();
  lines.forEach((line, index) => {
    if (!/\[[IR]\]/.test(line)) return;
    const text = commentAt(lines, index).replace(/\s+/g, ' ').replaceAll('|', '\\|');
    if (!seen.has(text)) rows.push({ name, text });
    seen.add(text);
  });
}
rows.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.text.localeCompare(b.text, 'en'));
const table = rows.map(({ name, text }) => `- [ ] ${text} — \`${name}\``).join('\n');

const old = readFileSync(page, 'utf8');
const head = old.slice(0, old.indexOf(BEGIN) + BEGIN.length);
const tail = old.slice(old.indexOf(END));
const made = `${head}\n\n${table}\n\n${tail}`;
if (process.argv.includes('--check')) {
  if (made !== old) {
    console.error('docs/live-checklist.md is not what the simulator says: run node tools/live-checklist.mjs');
    process.exitCode = 1;
  }
} else writeFileSync(page, made);
console.log(`${rows.length} assumptions about Premiere`);
