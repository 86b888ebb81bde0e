import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const room = path.resolve(__dirname, '../../../plugin/premiere');
const sources = readdirSync(room).map((file) => [file, code(readFileSync(path.join(room, file), 'utf8'))] as const);

/** Without comments and strings, which may speak of what the code must not do. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}

test('there is code to look at', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.map(([, text]) => text).join('\n')).toContain('createOverwriteItemAction');
});

test.each([
  [
    'calls that break timelines',
    /createMoveAction|createEmptySelection|changeMediaFilePath|createSet(In|Out)PointAction|findItemsMatchingMediaPath/,
  ],
  ['times through seconds', /\.seconds\b|createWithSeconds|ticksNumber/],
  [
    'what the runtime lacks',
    /\b(TextEncoder|TextDecoder|structuredClone|queueMicrotask|MutationObserver|setImmediate|lstatSync|process|Buffer|require)\b/,
  ],
  ['chance and clocks of its own', /Math\.random|Date\.now|new Date|setTimeout|performance\b/],
])('the room never uses %s', (_what, pattern) => {
  expect(sources.filter(([, text]) => pattern.test(text)).map(([file]) => file)).toEqual([]);
});

test('in and out points are set of items alone, of fresh stills and sounds and of takes with handles, and read back', () => {
  const files = sources.filter(([, text]) => /createSetInOutPointsAction/.test(text)).map(([file]) => file);
  expect(files).toEqual(['import-take.ts', 'new-sequence-sounds.ts', 'new-sequence.ts']);
});

test('transactions and locks are in one file', () => {
  const files = sources.filter(([, text]) => /lockedAccess|executeTransaction/.test(text)).map(([file]) => file);
  expect(files).toEqual(['lock.ts']);
});
