/** What must be true of a package before it is made, proven from facts alone. Each rule returns what is wrong, in sentences. */
import { z } from 'zod';

export const zConfig = z.object({
  appId: z.string(),
  files: z.array(z.string()),
  asar: z.literal(true),
  asarUnpack: z.array(z.string()),
  extraResources: z.array(z.object({ from: z.string(), to: z.string() })),
  protocols: z.array(z.object({ name: z.string(), schemes: z.array(z.string()) })),
  npmRebuild: z.literal(false),
  publish: z.null(),
  mac: z.object({
    hardenedRuntime: z.literal(true),
    entitlements: z.string(),
    entitlementsInherit: z.string(),
    target: z.array(z.object({ target: z.string() })).min(1),
  }),
  win: z.object({ target: z.array(z.object({ target: z.string() })).min(1) }),
  linux: z.object({ target: z.array(z.object({ target: z.string() })).min(1) }),
});
export type Config = z.output<typeof zConfig>;

export interface Facts {
  readonly config: Config;
  readonly pkg: { readonly version: string; readonly main: string; readonly dependencies: readonly string[] };
  /** The panel's manifest, and that inside the .ccx. */
  readonly manifest: { readonly version: string; readonly main: string; readonly schemes: readonly string[] };
  readonly ccx: { readonly version: string; readonly files: readonly string[] };
  /** Files of the checkout, with forward slashes: dist and packaging. */
  readonly files: readonly string[];
  /** Files of installed production packages that the system loads or runs: libraries, programs, fonts. */
  readonly native: readonly string[];
  /** Packages that the bundles ask for when they run. */
  readonly required: readonly string[];
  /** Schemes the shell registers. */
  readonly registered: readonly string[];
}

/** True where a pattern of the form "a/b/**", "a/*.cjs" or "a/b" covers the file. */
export function covers(pattern: string, file: string): boolean {
  const expression = pattern
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${expression}$`).test(file);
}

const anyCovers = (patterns: readonly string[], file: string): boolean => patterns.some((p) => covers(p, file));

type Rule = (facts: Facts) => string[];

const RULES: readonly Rule[] = [
  ({ config, files }) =>
    [config.mac.entitlements, config.mac.entitlementsInherit, ...config.extraResources.map(({ from }) => from)]
      .filter((file) => !files.includes(file))
      .map((file) => `The configuration names ${file}, which is not there (npm run build makes what lies in dist).`),
  ({ config, pkg, files }) => {
    const wanted = config.files.filter((pattern) => !pattern.startsWith('!'));
    return [pkg.main, 'dist/render.cjs', 'dist/ui/index.html'].flatMap((file) => [
      ...(files.includes(file) ? [] : [`${file} is not built.`]),
      ...(anyCovers(wanted, file) ? [] : [`No pattern of "files" takes ${file} along.`]),
    ]);
  },
  ({ config, native }) =>
    native
      .filter((file) => !anyCovers(config.asarUnpack, file))
      .map(
        (file) => `${file} is loaded by the system but would lie inside the archive: add its package to asarUnpack.`,
      ),
  ({ config, files }) =>
    files
      .filter((file) => /^dist\/[^/]*\.cjs$/.test(file) && anyCovers(config.asarUnpack, file))
      .map((file) => `${file} would lie outside the archive, away from the packages it asks for.`),
  ({ required, pkg }) =>
    required
      .filter((name) => !pkg.dependencies.includes(name))
      .map((name) => `A bundle asks for ${name} when it runs, but it is no dependency and would not be packed.`),
  ({ pkg, manifest, ccx }) =>
    [
      ['manifest.json', manifest.version],
      ['the .ccx', ccx.version],
    ].flatMap(([where, version]) =>
      version === pkg.version ? [] : [`package.json is ${pkg.version}, ${where ?? ''} is ${version ?? ''}.`],
    ),
  ({ manifest, ccx }) =>
    ['manifest.json', manifest.main, 'main.js']
      .filter((file) => !ccx.files.includes(file))
      .map((file) => `The .ccx lacks ${file}.`),
  ({ config, manifest, registered }) => {
    const packed = config.protocols.flatMap(({ schemes }) => schemes);
    return manifest.schemes
      .filter((scheme) => !packed.includes(scheme) || !registered.includes(scheme))
      .map(
        (scheme) => `The panel starts the companion by ${scheme}:, which the package or the shell does not register.`,
      );
  },
];

/** Everything that is wrong; empty when the package can be made. */
export function problemsOf(facts: Facts): string[] {
  return RULES.flatMap((rule) => rule(facts));
}
