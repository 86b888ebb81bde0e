// Bundles the companion's pages into a folder (dist/ui unless another is given): one script, one style sheet, one page.
import { build } from 'esbuild';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => path.join(root, ...parts);

/** Spectrum's own texts in the languages of shared/words; those of the thirty others stay out of the bundle. */
const ownLocales = {
  name: 'own-locales',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]intl[\\/].*[a-z]{2}-[A-Z]{2}\.mjs$/ }, ({ path: file }) =>
      /[\\/](en|fr|de|es|ja)-[A-Z]{2}\.mjs$/.test(file) ? undefined : { contents: 'export default {};' },
    );
  },
};

/** What a schema says in forty further languages: the pages show the companion's sentences instead. */
const noSchemaLocales = {
  name: 'no-schema-locales',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/].*\.js$/ }, ({ path: file }) =>
      /[\\/](en|index)\.js$/.test(file) ? undefined : { contents: 'export default () => ({});' },
    );
  },
};

/** Builds the pages into `folder`, replacing what is there. */
export async function buildUi(folder = at('dist/ui')) {
  const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: ['chrome120', 'firefox120', 'safari17'],
    minify: true,
    legalComments: 'none',
    jsx: 'automatic',
    entryPoints: [at('companion-app/ui/main.tsx')],
    outfile: path.join(folder, 'main.js'),
    define: { INBETWEEN_VERSION: JSON.stringify(version), 'process.env.NODE_ENV': '"production"' },
    plugins: [ownLocales, noSchemaLocales],
    logLevel: 'warning',
  });
  await cp(at('companion-app/ui/index.html'), path.join(folder, 'index.html'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildUi(process.argv[2]);
