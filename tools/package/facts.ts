/** The facts of this checkout that the rules of packing are about. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import { unzipSync, strFromU8 } from 'fflate';
import { z } from 'zod';
import { zConfig, type Facts } from './rules';

const zPackage = z.object({ version: z.string(), main: z.string(), dependencies: z.record(z.string(), z.string()) });
const zManifest = z.object({
  version: z.string(),
  main: z.string(),
  requiredPermissions: z.object({ launchProcess: z.object({ schemes: z.array(z.string()) }) }),
});

/** Loaded or run by the system rather than by Node. */
const NATIVE = /\.(?:node|dylib|dll|so(?:\.\d+)*|ttf)$/;
const PROGRAM = /(?:^|\/)(?:ffmpeg|ffprobe)(?:\.exe)?$/;

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/** Folders of the packages that are packed, relative to the root. */
function productionPackages(root: string): string[] {
  // npm also ends with an error for a package too many; the list is there all the same.
  const { stdout } = spawnSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return stdout
    .split(/\r?\n/)
    .map((line) => path.relative(root, line).split(path.sep).join('/'))
    .filter((folder) => folder.startsWith('node_modules/'));
}

/** Packages a bundle loads by name. */
function requiredBy(bundle: string): string[] {
  return [...bundle.matchAll(/\brequire\("([^".][^"]*)"\)|\bimport\("([^".][^"]*)"\)/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    )
    .filter((name) => /^(?:@[a-z\d-]+\/)?[a-z\d][a-z\d._-]*$/.test(name))
    .filter((name) => name !== 'electron' && !builtinModules.includes(name));
}

/** Reads package.json, manifest, configuration, dist and installed packages of the checkout at `root`. Needs a build. */
export function factsOf(root: string): Facts {
  const load = createRequire(path.join(root, 'package.json'));
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  const pkg = zPackage.parse(JSON.parse(read('package.json')));
  const manifest = zManifest.parse(JSON.parse(read('manifest.json')));
  const ccx = unzipSync(readFileSync(path.join(root, 'dist/plugin.ccx')));
  const inCcx = zManifest.parse(JSON.parse(strFromU8(ccx['manifest.json'] ?? new Uint8Array())));
  const bundles = ['inbetween', 'render', 'preview', 'electron']
    .map((name) => `dist/${name}.cjs`)
    .filter((file) => statSync(path.join(root, file), { throwIfNoEntry: false }) !== undefined);
  const native = productionPackages(root)
    .flatMap((folder) => filesBelow(root, folder))
    .filter((file) => NATIVE.test(file) || PROGRAM.test(file));
  return {
    config: zConfig.parse(load('./packaging/electron-builder.cjs')),
    pkg: { version: pkg.version, main: pkg.main, dependencies: Object.keys(pkg.dependencies) },
    manifest: {
      version: manifest.version,
      main: manifest.main,
      schemes: manifest.requiredPermissions.launchProcess.schemes,
    },
    ccx: { version: inCcx.version, files: Object.keys(ccx) },
    files: [...filesBelow(root, 'dist'), ...filesBelow(root, 'packaging')],
    native: [...new Set(native)],
    required: [...new Set(bundles.flatMap((file) => requiredBy(read(file))))].sort(),
    registered: [...read('companion-app/electron/electron-desktop.ts').matchAll(/SCHEME = '([a-z]+)'/g)].map(
      (match) => match[1] ?? '',
    ),
  };
}
