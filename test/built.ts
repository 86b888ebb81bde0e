/** What several suites of a run need bundled from the sources as they are: the first that asks has it made, the others wait for it. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(__dirname, '..');
/** Of this run alone, see bundles.cjs. */
const bundles = path.join(root, '.cache', 'test-bundles', process.env.INBETWEEN_TEST_RUN ?? String(process.pid));
const LOOK_MS = 50;
const MOST_MS = 180_000;

const taken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'EEXIST';

/** Resolves with the folder that `make` filled, in this process or in that of another suite. Rejects where it could not. */
export async function builtOnce(name: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = path.join(bundles, name);
  const [done, failed] = [`${folder}.done`, `${folder}.failed`];
  await mkdir(bundles, { recursive: true });
  const mine = await mkdir(`${folder}.taken`).then(
    () => true,
    (error: unknown) => {
      if (taken(error)) return false;
      throw error;
    },
  );
  if (mine) {
    await mkdir(folder);
    await make(folder).catch(async (error: unknown) => {
      await writeFile(failed, String(error));
      throw error;
    });
    await writeFile(done, '');
    return folder;
  }
  for (let waited = 0; !existsSync(done); waited += LOOK_MS) {
    if (existsSync(failed)) throw new Error(await readFile(failed, 'utf8'));
    if (waited > MOST_MS) throw new Error(`Nobody finished building ${name}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return folder;
}

/** One file of JavaScript for Node, of a source named from the root ("companion-app/render/main.ts"). Packages stay outside. */
export async function nodeBundle(source: string): Promise<string> {
  const name = `${source.replaceAll('/', '-').replace(/\.ts$/, '')}.cjs`;
  const folder = await builtOnce(name, (made) =>
    build({
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', packages: 'external', logLevel: 'error' },
      ...{ entryPoints: [path.join(root, source)], outfile: path.join(made, name) },
      loader: { '.proto': 'text' },
    }),
  );
  return path.join(folder, name);
}
