/**
 * The long fuzz: `npm run fuzz [-- --messages 1000000 --loads 2000 --seed 1]`. Messages and requests against a real gateway, spoilt
 * files against every loader; writes its figures into docs/security.md. Ends with 1 at the first finding, whose seed it tells.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { fuzzGateway } from '../../test/gateway/fuzz/gateway';
import { fuzzLoader, loaders } from '../../test/gateway/fuzz/loaders';

const ROUND = 50_000;
const MEGABYTE = 1_048_576;
const BEGIN = '<!-- figures of npm run fuzz -->';
const END = '<!-- end of the figures -->';

const [root = '.', ...args] = process.argv.slice(2);
const option = (name: string, otherwise: number): number => {
  const at = args.indexOf(`--${name}`);
  return at < 0
    ? otherwise
    : z.coerce
        .number()
        .int()
        .min(0)
        .parse(args[at + 1]);
};

/** Memory in use after a collection, megabytes: heap and what hangs on it. */
function inUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / MEGABYTE);
}

async function messages(total: number, seed: number): Promise<number[]> {
  const memory: number[] = [];
  for (let done = 0; done < total; done += ROUND) {
    const round = { seed: seed + done / ROUND, messages: Math.min(ROUND, total - done), requests: 500 };
    await fuzzGateway(round);
    memory.push(inUse());
    process.stderr.write(`${done + round.messages} messages, ${memory.at(-1) ?? 0} MB\n`);
  }
  return memory;
}

async function files(
  each: number,
  seed: number,
): Promise<{ names: string[]; read: number; tried: number; memory: number[] }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween-fuzz-'));
  try {
    const all =
      each === 0 ? [] : await loaders(path.join(root, 'test/fixtures/golden/svd-stub-a/pack/unet/model.onnx'));
    const memory: number[] = [];
    let read = 0;
    for (const loader of all) {
      read += await fuzzLoader(loader, folder, seed, each);
      memory.push(inUse());
      process.stderr.write(`${each} of ${loader.name}, ${memory.at(-1) ?? 0} MB\n`);
    }
    return { names: all.map(({ name }) => name), read, tried: all.length * each, memory };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const [total, each, seed] = [option('messages', 1_000_000), option('loads', 2_000), option('seed', 1)];
  const began = Date.now();
  const found = await files(each, seed);
  const memory = await messages(total, seed);
  const page = path.join(root, 'docs/security.md');
  const text = await readFile(page, 'utf8');
  const [before, rest] = [text.split(BEGIN)[0] ?? '', text.split(END)[1] ?? ''];
  const requests = Math.ceil(total / ROUND) * 500;
  const figures = [
    `Seed ${seed}, Node ${process.version}, ${Math.round((Date.now() - began) / 60_000)} minutes. No finding.`,
    '',
    '| what | sent | memory in use after each part, MB |',
    '|---|---|---|',
    `| messages to a gateway | ${total.toLocaleString('en')} | ${memory.join(', ')} |`,
    `| HTTP requests | ${requests.toLocaleString('en')} | (the same rounds) |`,
    `| files: ${found.names.join(', ')} | ${found.tried.toLocaleString('en')}, of which ${found.read.toLocaleString('en')} could be read all the same | ${found.memory.join(', ')} |`,
  ].join('\n');
  await writeFile(page, `${before}${BEGIN}\n\n${figures}\n\n${END}${rest}`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? `${error.stack ?? error.message}\n${String(error.cause)}` : String(error)}\n`,
  );
  process.exitCode = 1;
});
