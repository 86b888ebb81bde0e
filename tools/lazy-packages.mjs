// Packages that most commands never touch, loaded at first use: eager they are half the start of every process.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const LAZY = [
  '@hyzyla/pdfium',
  'bullmq',
  'ioredis',
  'protobufjs',
  'read-excel-file/node',
  'selfsigned',
  'systeminformation',
];

/** The package's names, each fetched when it is looked at. */
function stub(name) {
  const names = Object.keys(require(name)).filter((key) => key !== '__esModule');
  const load = `require(${JSON.stringify(name)})`;
  const getters = names.map((key) => `get ${JSON.stringify(key)}() { return ${load}[${JSON.stringify(key)}]; }`);
  const marker = require(name).__esModule
    ? `Object.defineProperty(module.exports, '__esModule', { value: true });`
    : '';
  return `module.exports = { ${getters.join(', ')} };\n${marker}`;
}

/** For esbuild, where packages stay outside the bundle. */
export const lazyPackages = {
  name: 'lazy-packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${LAZY.join('|')})$`) }, ({ path: name, namespace }) =>
      namespace === 'lazy' ? { path: name, external: true } : { path: name, namespace: 'lazy' },
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path: name }) => ({ contents: stub(name), loader: 'js' }));
  },
};
