/** docs/security.md names a test for every threat: each has to be there. And what the page says of the sources holds for all of them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** "`test/a.test.ts`: *name*" within a row of the table. */
const SHOWN = /`(test\/[\w./-]+\.test\.tsx?)`: ((?:\*[^*]+\*(?:, )?)+)/g;

test('every threat has a test, and every test it names exists under that name', () => {
  const rows = read('docs/security.md')
    .split('\n')
    .filter((line) => /^\| (?!threat|what|---)/.test(line) && line.split('|').length === 5 && line.includes('test/'));
  expect(rows.length).toBeGreaterThan(20);
  const missing: string[] = [];
  for (const row of rows) {
    const shown = [...row.matchAll(SHOWN)];
    if (shown.length === 0) missing.push(`no test in: ${row}`);
    for (const [, file = '', names = ''] of shown) {
      const text = read(file);
      for (const [, name = ''] of names.matchAll(/\*([^*]+)\*/g))
        if (!text.includes(name)) missing.push(`${file}: ${name}`);
    }
  }
  expect(missing).toEqual([]);
});

test('no child is started through a shell', () => {
  const files = readdirSync(path.join(root, 'companion-app'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  expect(files.length).toBeGreaterThan(100);
  const shells = files.filter((name) => {
    const text = read(path.join('companion-app', name));
    return (
      text.includes('child_process') &&
      /\bshell: true|(?<![.\w])exec(Sync)?\(|import \{[^}]*\bexec(Sync)?\b[^}]*\}/.test(text)
    );
  });
  expect(shells).toEqual([]);
});
