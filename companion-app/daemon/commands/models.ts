/** `inbetween models`: the packs of image-to-video models on this machine, and whether they compute what they should. */
import { Option, type Command } from 'commander';
import { PROVIDERS, type Provider } from '../../inference';
import { checkCase } from '../../engines/diffusion/check';
import { decodeBoard } from '../../media';
import { userDataDir } from '../config';
import { listPacks, verifyPack, type PackFacts } from '../models/packs';
import { checkTable } from '../models/table';
import { say, sayJson } from '../speak';
import { registerStore } from './models-store';

interface Common {
  readonly json?: boolean;
}

/** NaN and infinities have no form in JSON: they become null, which no reader takes for a small error. */
async function check(
  pack: string,
  reference: string,
  options: Common & { readonly provider: Provider },
): Promise<void> {
  const result = await checkCase(pack, reference, (file) => decodeBoard(file), { provider: options.provider });
  if (options.json === true)
    sayJson({ pack, case: result.name, family: result.family, ok: result.ok, checks: result.comparisons });
  else for (const line of checkTable(result)) say(line);
  if (!result.ok) process.exitCode = 1;
}

function line({ name, family, bytes, problem }: PackFacts): string {
  const state = problem === undefined ? 'ok  ' : 'FAIL';
  const detail = problem ?? `${family ?? ''}, ${(bytes / 1e6).toFixed(1)} MB`;
  return `${state}  ${name.padEnd(24)}  ${detail}`;
}

async function list(options: Common & { readonly packs: string }): Promise<void> {
  const packs = await listPacks(options.packs);
  if (options.json === true) sayJson({ folder: options.packs, packs });
  else if (packs.length === 0) say(`There are no packs in ${options.packs}.`);
  else for (const pack of packs) say(line(pack));
}

async function verify(folder: string, options: Common & { readonly provider: Provider }): Promise<void> {
  const facts = await verifyPack(folder, options.provider);
  if (options.json === true) sayJson(facts);
  else {
    say(line(facts));
    for (const { graph, bytes } of facts.graphs) say(`      ${graph.padEnd(32)}  ${(bytes / 1e6).toFixed(1)} MB`);
  }
  if (facts.problem !== undefined) process.exitCode = 1;
}

export function register(program: Command): void {
  const provider = () =>
    new Option('--provider <name>', 'what runs the networks').choices([...PROVIDERS]).default('cpu' satisfies Provider);
  const models = program.command('models').description('image-to-video models on this machine');
  models
    .command('list')
    .description('the installed packs')
    .option('--packs <folder>', 'folder of packs', `${userDataDir()}/packs`)
    .option('--json', 'answer in JSON')
    .action(list);
  models
    .command('verify')
    .description('read a pack, its graphs and the places of their weights, and open all of it')
    .argument('<pack>', 'folder of the pack')
    .addOption(provider())
    .option('--json', 'answer in JSON')
    .action(verify);
  models
    .command('check')
    .description('run a pack on a reference case and print the largest error of each intermediate')
    .argument('<pack>', 'folder of the pack')
    .argument('<case>', 'folder with meta.json, input.png and arrays; or a JSON file of scheduler numbers')
    .addOption(provider())
    .option('--json', 'answer in JSON')
    .action(check);
  registerStore(models);
}
