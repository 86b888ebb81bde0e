/**
 * Needs the environment that shares typed arrays with ONNX Runtime.
 */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import protobuf from 'protobufjs';
import { GraphBuilder } from '../../../companion-app/inference';
import { bind, openNetwork, readPack, verifyGraphs, type PortNames } from '../../../companion-app/inference/packs';
import { externalLocations } from '../../../companion-app/inference/packs/external-data';
import { toProblem } from '../../../shared/problem';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pack-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, content: Uint8Array | string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

async function problemOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
  } catch (error) {
    return toProblem(error);
  }
  throw new Error('nothing went wrong');
}

/** Writes the given fields, innermost first, as nested messages around bytes. */
function nested(bytes: Uint8Array, ...fields: readonly number[]): Uint8Array {
  let inner = bytes;
  for (const field of [...fields].reverse()) {
    inner = protobuf.Writer.create()
      .uint32((field << 3) | 2)
      .bytes(inner)
      .finish();
  }
  return inner;
}

/** external_data entry: key and value. */
function place(location: string): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32((1 << 3) | 2).string('location');
  writer.uint32((2 << 3) | 2).string(location);
  return writer.finish();
}

const initializer = (location: string) => nested(place(location), 7, 5, 13);

/** y = gain · x, with a batch that may vary. */
function scaling(gain: number, type: 'float' | 'int64' = 'float'): Uint8Array {
  const graph = new GraphBuilder('scaling', 16);
  const x = graph.input('x', type, ['batch', 2]);
  const factor = type === 'float' ? graph.scalar(gain) : graph.integers([gain]);
  graph.output(graph.mul(x, factor), 'y', type, ['batch', 2]);
  return graph.build();
}

const NAMES: PortNames<'sample'> = { inputs: { sample: ['sample', 'x'] }, optional: [], output: ['out', 'y'] };

describe('reading a pack', () => {
  test('a folder without model_index.json is none, and says so', async () => {
    const problem = await problemOf(readPack(folder));
    expect(problem.code).toBe('pack-invalid');
    expect(problem.message).toContain('model_index.json');
  });

  test.each(['{', '[]', '{"_class_name": 3}'])('%s is refused as index', async (text) => {
    await put('model_index.json', text);
    expect((await problemOf(readPack(folder))).code).toBe('pack-invalid');
  });

  test('finds model.onnx, or the only graph of a folder, but does not guess between two', async () => {
    await put('model_index.json', '{"_class_name": "X"}');
    await put('unet/model.onnx', 'a');
    await put('unet/other.onnx', 'a');
    await put('vae_decoder/decoder.onnx', 'a');
    await put('vae_encoder/one.onnx', 'a');
    await put('vae_encoder/two.onnx', 'a');
    const pack = await readPack(folder);
    expect(await pack.graph('unet')).toBe(join(folder, 'unet/model.onnx'));
    expect(await pack.graph('vae_decoder')).toBe(join(folder, 'vae_decoder/decoder.onnx'));
    expect(await pack.graph('text_encoder')).toBeUndefined();
    expect((await problemOf(pack.graph('vae_encoder'))).message).toContain('one.onnx, two.onnx');
  });
});

describe('weights outside the graph', () => {
  test('are found in initializers, constants, subgraphs, sparse tensors and functions', () => {
    const all = [
      initializer('a'),
      nested(place('b'), 7, 1, 5, 5, 13),
      nested(place('c'), 7, 1, 5, 6, 5, 13),
      nested(place('d'), 7, 15, 1, 13),
      nested(place('e'), 25, 7, 5, 5, 13),
    ];
    expect(externalLocations(Buffer.concat(all))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('a graph made here has none', () => expect(externalLocations(scaling(2))).toEqual([]));

  test.each(['../../weights.bin', '/etc/passwd', 'C:\\weights.bin', '..\\..\\weights.bin', 'a/../../../b'])(
    '%s is refused',
    async (location) => {
      await put('model_index.json', '{"_class_name": "X"}');
      await put('unet/model.onnx', initializer(location));
      const problem = await problemOf(readPack(folder).then(verifyGraphs));
      expect(problem.code).toBe('pack-invalid');
      expect(problem.message).toContain(location);
    },
  );

  test('beside the graph they are counted; missing ones are named', async () => {
    await put('model_index.json', '{"_class_name": "X"}');
    await put('unet/model.onnx', initializer('model.onnx_data'));
    const pack = await readPack(folder);
    expect((await problemOf(verifyGraphs(pack))).message).toContain('model.onnx_data');
    const blob = await put('blobs/sha', 'weights');
    await symlink(blob, join(folder, 'unet/model.onnx_data'));
    const [finding] = await verifyGraphs(pack);
    expect(finding).toMatchObject({ graph: 'unet/model.onnx', data: ['unet/model.onnx_data'] });
    expect(finding?.bytes).toBe(initializer('model.onnx_data').length + 'weights'.length);
  });

  test('a damaged graph is refused', async () => {
    await put('model_index.json', '{"_class_name": "X"}');
    await put('unet/model.onnx', scaling(2).subarray(0, 60));
    expect((await problemOf(readPack(folder).then(verifyGraphs))).code).toBe('pack-invalid');
  });
});

describe('networks', () => {
  const open = async (bytes: Uint8Array) => openNetwork('unet', await put('model.onnx', bytes), { provider: 'cpu' });

  test('inputs go by what they are for', async () => {
    const bound = bind(await open(scaling(3)), NAMES);
    const output = await bound.run({ sample: { data: [1, 2, 3, 4], dims: [2, 2] } });
    expect(output.dims).toEqual([2, 2]);
    expect([...output.data]).toEqual([3, 6, 9, 12]);
    await bound.close();
  });

  test('an input nobody knows, or nobody has, is an error that lists what was found', async () => {
    const network = await open(scaling(3));
    const unknown: PortNames<'other'> = { inputs: { other: ['other'] }, optional: ['other'], output: ['y'] };
    const absent: PortNames<'sample' | 'timestep'> = {
      inputs: { sample: ['x'], timestep: ['timestep', 't'] },
      optional: [],
      output: ['y'],
    };
    expect(() => bind(network, unknown)).toThrow(/"x".*Found inputs: x \(float32 \[batch, 2\]\); outputs: y/s);
    expect(() => bind(network, absent)).toThrow(/timestep \(timestep, t\).*Found inputs: x/s);
    expect(() => bind(network, { ...NAMES, output: ['z'] })).toThrow(/no output called z/);
    await network.close();
  });

  test('NaN, wrong sizes and outputs that are no floats fail with a reason', async () => {
    const network = await open(scaling(NaN));
    const two = { x: { data: [1, 2], dims: [1, 2] } };
    const nan = await problemOf(network.run(two, 'y'));
    expect(nan.code).toBe('render-failed');
    expect(nan.message).toContain('NaN');
    expect((await problemOf(network.run({ x: { data: [1, 2, 3], dims: [1, 2] } }, 'y'))).code).toBe('pack-invalid');
    expect((await problemOf(network.run({ x: { data: [1, 2, 3], dims: [1, 3] } }, 'y'))).code).toBe('pack-invalid');
    await network.close();
    const whole = await open(scaling(2, 'int64'));
    expect((await problemOf(whole.run(two, 'y'))).message).toContain('int64');
    await whole.close();
  });

  test('what is no model cannot be opened', async () => {
    expect((await problemOf(open(new Uint8Array([1, 2, 3])))).code).toBe('pack-invalid');
  });
});
