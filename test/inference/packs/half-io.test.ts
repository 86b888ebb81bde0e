/**
 * Graphs that take and give half-precision numbers, through the network that every pack is opened by. Also run by the Node that current
 * Electron is built on, where one is named.
 */
import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openNetwork, Stage } from '../../../companion-app/inference/packs';
import { modelType } from '../../../companion-app/inference/onnx/proto';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'half-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const [FLOAT, HALF] = [1, 10];
const value = (name: string, elemType: number) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: [{ dimParam: 'n' }] } } },
});

/** half + bias (half) → out (half); plain (float) → same (float). */
function graph(): Uint8Array {
  const two = Buffer.alloc(2);
  two.writeUInt16LE(0x3e00);
  return modelType
    .encode({
      irVersion: 8,
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        name: 'halves',
        node: [
          { opType: 'Add', name: 'add', input: ['half', 'bias'], output: ['out'] },
          { opType: 'Identity', name: 'keep', input: ['plain'], output: ['same'] },
        ],
        initializer: [{ name: 'bias', dims: [1], dataType: HALF, rawData: two }],
        input: [value('half', HALF), value('plain', FLOAT)],
        output: [value('out', HALF), value('same', FLOAT)],
      },
    })
    .finish();
}

const feeds = { half: { data: Float32Array.of(1, -2.5, 0.25), dims: [3] }, plain: { data: [7], dims: [1] } };

test('16-bit inputs and outputs are 32-bit ones to whoever runs the network', async () => {
  const file = path.join(folder, 'model.onnx');
  await writeFile(file, graph());
  const network = await openNetwork('unet', file, { provider: 'cpu', stage: new Stage() });
  expect(network.inputs.map(({ name, type }) => [name, type])).toEqual(
    expect.arrayContaining([
      ['half', 'float32'],
      ['plain', 'float32'],
    ]),
  );
  const out = await network.run(feeds, 'out');
  expect(out.data).toEqual(Float32Array.of(2.5, -1, 1.75));
  expect((await network.run(feeds, 'same')).data).toEqual(Float32Array.of(7));
  await network.close();
  // Opened again by its stage it is still so.
  expect((await network.run(feeds, 'out')).data).toEqual(out.data);
  await network.close();
  expect(await readdir(folder)).toEqual(['model.onnx']);
});

/** A Node of the line that current Electron is built on: `INBETWEEN_OTHER_NODE` names its program; this very Node where there is none. */
const named = process.env.INBETWEEN_OTHER_NODE ?? '';
const other = existsSync(named) ? named : process.execPath;

test('the same in a process of its own, on the Node that INBETWEEN_OTHER_NODE names', async () => {
  const file = path.join(folder, 'model.onnx');
  await writeFile(file, graph());
  const root = path.resolve(__dirname, '../../..');
  const script = path.join(root, '.cache/test/half-io.cjs');
  buildSync({
    stdin: {
      contents: `import { openNetwork } from './companion-app/inference/packs';
        openNetwork('unet', process.argv[2], { provider: 'cpu' }).then(async (network) => {
          const half = { data: Float32Array.of(1, -2.5, 0.25), dims: [3] };
          const out = await network.run({ half, plain: { data: [7], dims: [1] } }, 'out');
          console.log(process.versions.node.split('.')[0] + ' ' + Array.from(out.data).join());
        });`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile: script,
    ...{ bundle: true, platform: 'node', format: 'cjs', packages: 'external', logLevel: 'error' },
  });
  const said = execFileSync(other, [script, file], { encoding: 'utf8' });
  expect(said.trim()).toMatch(/^\d+ 2\.5,-1,1\.75$/);
});
