/** Taking in folders that are packs already, and taking packs away. */
import {
  cp,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  findInstalled,
  importName,
  importPack,
  removePack,
  verifyManifest,
} from '../../../companion-app/inference/catalogue';
import { GraphBuilder } from '../../../companion-app/inference';
import { toProblem } from '../../../shared/problem';
import { GOLDEN, noise } from './support/packs';

let root = '';
let packs = '';
let source = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'import-'));
  packs = join(root, 'packs');
  source = join(root, 'export');
  await mkdir(packs);
  await cp(join(GOLDEN, 'svd-stub-a', 'pack'), source, { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const take = (from: string, more: Partial<Parameters<typeof importPack>[1]> = {}) =>
  importPack(from, {
    packs,
    name: 'mine',
    link: false,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    accept: () => Promise.resolve('svd'),
    ...more,
  });
const problemOf = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('it should not have worked');
    },
    (error: unknown) => toProblem(error),
  );

test('a copy with a manifest; weights of other runtimes stay where they are', async () => {
  await writeFile(join(source, 'unet', 'diffusion_pytorch_model.safetensors'), noise(1000, 1));
  await writeFile(join(source, '.DS_Store'), 'x');
  const { files, bytes, linked } = await take(source);
  const inside = await readdir(join(packs, 'mine', 'unet'));
  expect(inside.sort()).toEqual(['config.json', 'model.onnx']);
  expect(await verifyManifest(join(packs, 'mine'))).toBe(files);
  expect(linked).toBe(0);
  expect(bytes).toBeGreaterThan(30_000);
  expect(await readdir(packs)).toEqual(['mine']);
  expect(JSON.parse(await readFile(join(packs, 'mine', 'inbetween-pack.json'), 'utf8'))).toMatchObject({
    family: 'svd',
  });
});

test('linked files share their bytes with the folder they came from', async () => {
  const { files, linked } = await take(source, { link: true });
  expect(linked).toBe(files);
  const [there, here] = await Promise.all(
    [source, join(packs, 'mine')].map((folder) => stat(join(folder, 'unet', 'model.onnx'))),
  );
  expect(here!.ino).toBe(there!.ino);
});

test("a hub's cache, its links to blobs resolved, the state that is current taken", async () => {
  const cache = join(root, 'models--someone--svd-onnx');
  await mkdir(join(cache, 'blobs'), { recursive: true });
  await mkdir(join(cache, 'refs'));
  const state = join(cache, 'snapshots', 'abc123');
  await cp(source, state, { recursive: true });
  await mkdir(join(cache, 'snapshots', 'older'));
  for (const part of ['unet', 'vae_decoder']) {
    await rename(join(state, part, 'model.onnx'), join(cache, 'blobs', part));
    await symlink(join('..', '..', '..', 'blobs', part), join(state, part, 'model.onnx'));
  }
  expect((await problemOf(take(cache))).message).toContain('several states');
  await writeFile(join(cache, 'refs', 'main'), 'abc123\n');
  expect(importName(state)).toBe('svd-onnx');
  await take(cache);
  const taken = join(packs, 'mine', 'unet', 'model.onnx');
  expect((await readFile(taken)).equals(await readFile(join(source, 'unet', 'model.onnx')))).toBe(true);
  await rm(cache, { recursive: true });
  expect(await verifyManifest(join(packs, 'mine'))).toBeGreaterThan(5);
});

test('a single network (RIFE) is a pack too', async () => {
  const folder = join(root, 'rife-4');
  await mkdir(folder);
  await cp(join(source, 'unet', 'model.onnx'), join(folder, 'model.onnx'));
  await take(folder, { name: 'rife-4', accept: () => Promise.resolve(undefined) });
  expect(await verifyManifest(join(packs, 'rife-4'))).toBe(1);
});

/** A graph whose input has the given TensorProto.DataType instead of float. */
function graphOfType(type: number): Buffer {
  const graph = new GraphBuilder('unet', 17);
  graph.output(graph.op('Identity', [graph.input('sample', 'float', ['batch', 3])]), 'out_sample', 'float', [
    'batch',
    3,
  ]);
  const bytes = Buffer.from(graph.build());
  // ValueInfoProto { name: "sample", type { tensor_type { elem_type: 1 …: the first 08 01 after the input's name.
  const name = bytes.lastIndexOf('\n\x06sample');
  const at = bytes.indexOf(Buffer.from([8, 1]), name);
  bytes[at + 1] = type;
  return bytes;
}

const WRONG: readonly { what: string; spoil: () => Promise<unknown>; says: RegExp }[] = [
  {
    what: 'is none',
    spoil: () => rm(join(source, 'model_index.json')),
    says: /neither a model_index.json nor a model.onnx/,
  },
  {
    what: 'has a damaged graph',
    spoil: () => truncate(join(source, 'unet', 'model.onnx'), 1000),
    says: /unet.*damaged/,
  },
  {
    what: 'holds half a download',
    spoil: () => writeFile(join(source, 'unet', 'weights.bin.incomplete'), 'x'),
    says: /half a download/,
  },
  {
    what: 'has a link to nothing',
    spoil: () => symlink('nowhere', join(source, 'lost')),
    says: /lost is a link to nothing/,
  },
  {
    what: 'leads into itself',
    spoil: () => symlink('..', join(source, 'unet', 'again')),
    says: /leads back into itself/,
  },
  {
    what: 'has a device as a name',
    spoil: () => writeFile(join(source, 'aux.json'), '{}'),
    says: /aux\.json is no name/,
  },
  {
    what: 'wants bfloat16 inputs',
    spoil: () => writeFile(join(source, 'unet', 'model.onnx'), graphOfType(16)),
    says: /unet.*"sample" as bfloat16.*keep_io_types/,
  },
];

test.each(WRONG)('a folder that $what is refused, and nothing is left of it', async ({ spoil, says }) => {
  await spoil();
  const problem = await problemOf(take(source));
  expect(problem.message).toMatch(says);
  expect(problem.action).not.toBe('');
  expect(await readdir(packs)).toEqual([]);
});

test('a pack of that name, no room, a refusal at the end: told, and nothing is half there', async () => {
  await mkdir(join(packs, 'taken'));
  expect((await problemOf(take(source, { name: 'taken' }))).message).toContain('another pack called taken');
  expect((await problemOf(take(source, { name: '../out' }))).message).toContain('no name for a pack');
  expect(await problemOf(take(source, { freeBytes: () => Promise.resolve(10) }))).toMatchObject({ code: 'disk-full' });
  const accept = () => Promise.reject(new Error('not that one'));
  expect((await problemOf(take(source, { accept }))).message).toBe('not that one');
  expect((await problemOf(take(join(root, 'nowhere')))).code).toBe('not-found');
  expect(await readdir(packs)).toEqual(['taken']);
});

test('verify names the file that is missing, shorter or changed', async () => {
  await take(source);
  const graph = join(packs, 'mine', 'unet', 'model.onnx');
  const bytes = await readFile(graph);
  const check = () => problemOf(verifyManifest(join(packs, 'mine')));
  await writeFile(
    graph,
    bytes.map((byte, i) => (i === 500 ? byte ^ 1 : byte)),
  );
  expect((await check()).message).toMatch(/unet\/model\.onnx has changed/);
  await truncate(graph, 400);
  expect((await check()).message).toMatch(/unet\/model\.onnx has 400 bytes/);
  await rm(graph);
  expect((await check()).message).toMatch(/unet\/model\.onnx is missing/);
  await writeFile(join(packs, 'mine', 'inbetween-pack.json'), '{"files": [{"path": "../../x"}]}');
  expect((await check()).message).toMatch(/cannot be read/);
});

test('remove: the pack, an unfinished pull, a link but not what it leads to', async () => {
  await take(source);
  await mkdir(join(packs, '.pull-mine', 'pack'), { recursive: true });
  await writeFile(join(packs, '.pull-mine', 'pack', 'a.part'), noise(500, 1));
  expect((await findInstalled(packs, 'mine')).bytes).toBeGreaterThan(30_500);
  await removePack(packs, 'mine');
  expect(await readdir(packs)).toEqual([]);
  await symlink(source, join(packs, 'linked'));
  await removePack(packs, 'linked');
  expect(await readdir(packs)).toEqual([]);
  expect(await readdir(source)).toContain('model_index.json');
  await expect(findInstalled(packs, 'mine')).rejects.toThrow('There is no pack called mine');
  await expect(findInstalled(packs, '..')).rejects.toThrow('no name for a pack');
});

test('what shares its bytes outlives the pack', async () => {
  await take(source, { link: true });
  await link(join(source, 'unet', 'model.onnx'), join(root, 'other'));
  await removePack(packs, 'mine');
  expect((await stat(join(source, 'unet', 'model.onnx'))).size).toBeGreaterThan(1000);
});
