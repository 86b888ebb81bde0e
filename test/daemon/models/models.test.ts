/** `inbetween models` as people run it. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packOf } from '../../../companion-app/daemon/animate/pack-wish';
import { GraphBuilder, type Dimension } from '../../../companion-app/inference';
import { install, run } from '../fixtures/installed';

const GOLDEN = join(__dirname, '../../fixtures/golden');
const golden = (...path: string[]): string => join(GOLDEN, ...path);

let folder = '';
beforeAll(install);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'models-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('check: every intermediate with its largest error, in words and in JSON', async () => {
  const args = ['models', 'check', golden('svd-stub-a', 'pack'), golden('svd-stub-a')];
  const told = await run(args);
  expect(told.code).toBe(0);
  expect(told.stdout).toMatch(/^ok +latents_steps +largest error/m);
  expect(told.stdout).toMatch(/^svd: all \d+ within tolerance$/m);
  const { stdout } = await run([...args, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ family: 'svd', ok: true });
});

test('check: the wrong pack fails', async () => {
  const { code, stdout } = await run(['models', 'check', golden('svd-stub-b', 'pack'), golden('svd-stub-a')]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAIL +latents_steps/m);
});

test('check: a scheduler alone, and a case that is not there', async () => {
  const scheduler = golden('schedulers', 'unipc-flow-shift5-old.json');
  expect(await run(['models', 'check', folder, scheduler])).toMatchObject({ code: 0 });
  const gone = await run(['models', 'check', folder, join(folder, 'nothing')]);
  expect(gone.code).toBe(1);
  expect(gone.stderr).toContain('There is no case');
});

test('verify and list tell packs from what is none', async () => {
  await cp(golden('wan-stub-a', 'pack'), join(folder, 'wan'), { recursive: true });
  await mkdir(join(folder, 'half', 'unet'), { recursive: true });
  await writeFile(join(folder, 'half', 'model_index.json'), '{"_class_name": "CogVideoXImageToVideoPipeline"}');
  const { stdout } = await run(['models', 'list', '--packs', folder, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    packs: [{ name: 'half' }, { name: 'wan', family: 'wan-ti2v' }],
  });
  expect(stdout).toContain('CogVideoXImageToVideoPipeline');
  expect((await run(['models', 'verify', join(folder, 'wan')])).code).toBe(0);
  await rm(join(folder, 'wan', 'text_encoder', 'model.onnx'));
  const broken = await run(['models', 'verify', join(folder, 'wan')]);
  expect(broken.code).toBe(1);
  expect(broken.stdout).toContain('text_encoder');
});

/** A graph of one node with these inputs, the first given back. */
function graphOf(inputs: readonly (readonly [string, Dimension[]])[], output: string): Uint8Array {
  const graph = new GraphBuilder('stand-in', 16);
  const [first] = inputs.map(([name, dims]) => graph.input(name, 'float', dims));
  graph.output(graph.op('Identity', [first!]), output, 'float', inputs[0]![1]);
  return graph.build();
}

test('packs of one graph are told by what the graph takes and gives', async () => {
  const rife = graphOf([['input', [1, 8, 'h', 'w']]], 'output');
  const depth = graphOf([['pixel_values', [1, 3, 'h', 'w']]], 'predicted_depth');
  await mkdir(join(folder, 'Depth-Anything-V2', 'onnx'), { recursive: true });
  await mkdir(join(folder, 'rife-4.9'));
  await mkdir(join(folder, 'upscaler'));
  await writeFile(join(folder, 'Depth-Anything-V2', 'onnx', 'model.onnx'), depth);
  await writeFile(join(folder, 'rife-4.9', 'model.onnx'), rife);
  await writeFile(join(folder, 'rife.onnx'), rife);
  await writeFile(join(folder, 'upscaler', 'model.onnx'), graphOf([['x', [1, 3, 'h', 'w']]], 'y'));
  await writeFile(join(folder, 'notes.txt'), 'not a pack');
  const { stdout } = await run(['models', 'list', '--packs', folder, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    packs: [
      { name: 'Depth-Anything-V2', family: 'depth-anything', bytes: depth.length },
      { name: 'rife-4.9', family: 'rife-8', bytes: rife.length },
      { name: 'rife.onnx', family: 'rife-8' },
      { name: 'upscaler', problem: expect.stringContaining('neither RIFE') as string },
    ],
  });
  for (const name of ['Depth-Anything-V2', 'rife-4.9', 'rife.onnx'])
    expect(await run(['models', 'verify', join(folder, name)])).toMatchObject({ code: 0 });
  expect(await run(['models', 'verify', join(folder, 'upscaler')])).toMatchObject({ code: 1 });
});

test('a pack on the command line must be one that the engine can use', async () => {
  const file = join(folder, 'v4.onnx');
  await writeFile(file, graphOf([['input', [1, 7, 'h', 'w']]], 'output'));
  expect(await packOf(file, 'auto')).toMatchObject({ pack: { name: 'v4.onnx' }, packsDir: folder });
  expect(await packOf(file, 'inbetween')).toMatchObject({
    pack: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  });
  await expect(packOf(file, 'diffusion')).rejects.toThrow(/rife-7.*diffusion/);
  await expect(packOf(join(folder, 'nothing'), 'auto')).rejects.toMatchObject({ problem: { code: 'pack-invalid' } });
  expect(await packOf(golden('wan-stub-a', 'pack'), 'diffusion')).toMatchObject({ pack: { name: 'pack' } });
});
