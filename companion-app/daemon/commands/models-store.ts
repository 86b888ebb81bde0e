/** `inbetween models catalogue | pull | import | remove`: packs on their way to and from this machine's disk. */
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { InbetweenError } from '../../../shared/problem';
import {
  findInstalled,
  formatBytes,
  importName,
  importPack,
  pullPack,
  removePack,
  type CatalogueEntry,
} from '../../inference/catalogue';
import { userDataDir } from '../config';
import { alone, catalogueFor, entryOf, familyIn, untilStopped } from '../models/pull';
import { PullLine } from '../models/pull-line';
import { remark, say, sayJson } from '../speak';

interface Common {
  readonly json?: boolean;
}
interface InPacks extends Common {
  readonly packs: string;
}

const bytesOf = (entry: CatalogueEntry): number | undefined => entry.files?.reduce((sum, { bytes }) => sum + bytes, 0);

function describe(entry: CatalogueEntry): string[] {
  const bytes = bytesOf(entry);
  return [
    `${entry.name}  ${entry.title}`,
    `    ${entry.about}`,
    `    family ${entry.family} · ${bytes === undefined ? entry.size : `${formatBytes(bytes)} to pull`} · card: ${entry.vram}`,
    `    ${entry.licence.name} (${entry.licence.url})`,
    bytes === undefined
      ? `    Cannot be pulled. ${entry.otherwise ?? `See ${entry.source}`}`
      : `    inbetween models pull ${entry.name}`,
  ];
}

async function catalogue({ from, json }: Common & { readonly from?: string }): Promise<void> {
  const { packs } = await untilStopped((signal) => catalogueFor(from, userDataDir(), signal));
  if (json === true) sayJson({ packs: packs.map((entry) => ({ ...entry, bytes: bytesOf(entry) ?? null })) });
  else for (const line of packs.flatMap(describe)) say(line);
}

interface PullFlags extends InPacks {
  readonly from?: string;
  readonly acceptLicence?: boolean;
}

async function pull(name: string, options: PullFlags): Promise<void> {
  await untilStopped(async (signal) => {
    const entry = entryOf(await catalogueFor(options.from, userDataDir(), signal), name);
    const line = new PullLine(name, process.stderr, () => performance.now());
    const pulled = await alone(options.packs, name, () =>
      pullPack(entry, {
        packs: options.packs,
        acceptLicence: options.acceptLicence === true,
        signal,
        onProgress: (progress) => line.show(progress),
        onRetry: (message) => line.say(message),
        accept: familyIn,
      }),
    ).finally(() => line.clear());
    if (options.json === true) sayJson({ name, family: entry.family, ...pulled });
    else
      say(
        `${name} is ${pulled.already ? 'installed already' : 'installed'}: ${formatBytes(pulled.bytes)} in ${pulled.folder}.`,
      );
  });
}

interface ImportFlags extends InPacks {
  readonly name?: string;
  readonly link?: boolean;
}

async function importFolder(folder: string, options: ImportFlags): Promise<void> {
  await untilStopped(async (signal) => {
    const name = options.name ?? importName(folder);
    const line = new PullLine(name, process.stderr, () => performance.now());
    const imported = await alone(options.packs, name, () =>
      importPack(folder, {
        packs: options.packs,
        name,
        link: options.link === true,
        signal,
        onProgress: (progress) => line.show(progress),
        accept: familyIn,
      }),
    ).finally(() => line.clear());
    if (options.json === true) sayJson({ name, ...imported });
    else say(`${name} is installed: ${imported.files} files, ${formatBytes(imported.bytes)}, in ${imported.folder}.`);
    if (options.link === true && imported.linked < imported.files) {
      remark(`${imported.files - imported.linked} files were copied: this disk cannot link them.`);
    }
  });
}

async function remove(name: string, options: InPacks & { readonly yes?: boolean }): Promise<void> {
  const { bytes } = await findInstalled(options.packs, name);
  if (options.yes !== true && !(await agreed(`Remove ${name} (${formatBytes(bytes)}) from ${options.packs}? [y/N] `))) {
    throw new InbetweenError({
      code: 'cancelled',
      message: `${name} was not removed.`,
      safe: 'It is as it was.',
      action: `To remove it without being asked: inbetween models remove ${name} --yes`,
    });
  }
  await alone(options.packs, name, () => removePack(options.packs, name));
  if (options.json === true) sayJson({ name, bytes });
  else say(`${name} is removed; ${formatBytes(bytes)} are free again.`);
}

/** Asks where somebody can answer; elsewhere the answer is no. */
async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(question)).trim());
  } finally {
    lines.close();
  }
}

/** Adds the subcommands to `models`. */
export function registerStore(models: Command): void {
  const packs = ['--packs <folder>', 'folder of packs', `${userDataDir()}/packs`] as const;
  const json = ['--json', 'answer in JSON'] as const;
  models
    .command('catalogue')
    .description('the packs that are known, their licences, sizes and where they come from')
    .option('--from <catalogue>', 'a catalogue: a file or an https address')
    .option(...json)
    .action(catalogue);
  models
    .command('pull')
    .description('fetch a pack of the catalogue; goes on where an earlier pull stopped')
    .argument('<name>', 'its name in the catalogue')
    .option('--accept-licence', 'I have read and accept its licence')
    .option('--from <catalogue>', 'a catalogue: a file or an https address')
    .option(...packs)
    .option(...json)
    .action(pull);
  models
    .command('import')
    .description('take in a folder that is a pack already: an export, or a model in a hub cache')
    .argument('<folder>', 'the folder with model_index.json')
    .option('--name <name>', 'what to call the pack')
    .option('--link', 'share the bytes with the folder where the disk can, instead of copying')
    .option(...packs)
    .option(...json)
    .action(importFolder);
  models
    .command('remove')
    .description('delete a pack, or what an unfinished pull of it left')
    .argument('<name>', 'name of the pack')
    .option('--yes', 'do not ask')
    .option(...packs)
    .option(...json)
    .action(remove);
}
