/** The companion's package: this checkout passes, and every rule finds what it is there for. */
import path from 'node:path';
import { factsOf } from '../../tools/package/facts';
import { covers, problemsOf, type Facts } from '../../tools/package/rules';

const root = path.resolve(__dirname, '../..');
let facts: Facts;
beforeAll(() => {
  facts = factsOf(root);
});

test('this checkout can be packed', () => {
  expect(problemsOf(facts)).toEqual([]);
  expect(facts.native.some((file) => file.includes('onnxruntime-node'))).toBe(true);
  expect(facts.required).toContain('onnxruntime-node');
});

test.each<[string, (f: Facts) => Facts, RegExp]>([
  [
    'a native part inside the archive',
    (f) => ({ ...f, config: { ...f.config, asarUnpack: [] } }),
    /would lie inside the archive/,
  ],
  [
    'a bundle away from its packages',
    (f) => ({ ...f, config: { ...f.config, asarUnpack: [...f.config.asarUnpack, 'dist/**'] } }),
    /away from the packages/,
  ],
  [
    'a file that is not there',
    (f) => ({ ...f, files: f.files.filter((file) => !file.endsWith('.plist')) }),
    /entitlements\.mac\.plist, which is not there/,
  ],
  [
    'a bundle that is left behind',
    (f) => ({ ...f, config: { ...f.config, files: ['package.json'] } }),
    /takes dist\/electron\.cjs along/,
  ],
  [
    'a package that is only for development',
    (f) => ({ ...f, required: [...f.required, 'esbuild'] }),
    /asks for esbuild/,
  ],
  [
    'versions that differ',
    (f) => ({ ...f, manifest: { ...f.manifest, version: '9.9.9' } }),
    /manifest\.json is 9\.9\.9/,
  ],
  ['a panel without its page', (f) => ({ ...f, ccx: { ...f.ccx, files: ['manifest.json'] } }), /\.ccx lacks main\.js/],
  ['a link that nobody answers', (f) => ({ ...f, registered: [] }), /starts the companion by inbetween:/],
])('finds %s', (_name, spoil, expected) => {
  expect(problemsOf(spoil(facts)).join('\n')).toMatch(expected);
});

test('patterns cover what they say and no more', () => {
  expect(covers('dist/*.cjs', 'dist/render.cjs')).toBe(true);
  expect(covers('dist/*.cjs', 'dist/ui/x.cjs')).toBe(false);
  expect(covers('node_modules/@img/**', 'node_modules/@img/sharp/lib/a.node')).toBe(true);
  expect(covers('node_modules/@img/**', 'node_modules/img/a.node')).toBe(false);
});
