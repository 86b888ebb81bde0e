import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findStyles, type NamedStyle } from '../../../companion-app/engines/diffusion/find-styles';
import { readPack } from '../../../companion-app/inference/packs';
import { toProblem } from '../../../shared/problem';
import { pair, safetensors } from '../../inference/lora/support';

let packs = '';
beforeEach(async () => {
  packs = await mkdtemp(join(tmpdir(), 'styles-'));
  await mkdir(join(packs, 'styles'));
  await mkdir(join(packs, 'pack'));
  await writeFile(join(packs, 'pack', 'model_index.json'), '{"_class_name": "X"}');
});
afterEach(() => rm(packs, { recursive: true, force: true }));

async function install(name: string, layer: string): Promise<NamedStyle> {
  const bytes = safetensors(pair(layer, [1, 1, 1], 1));
  await writeFile(join(packs, 'styles', name), bytes);
  return { name, sha256: createHash('sha256').update(bytes).digest('hex'), weight: 0.5 };
}

const find = async (...styles: NamedStyle[]) => findStyles(await readPack(join(packs, 'pack')), packs, styles);

async function refusal(...styles: NamedStyle[]): Promise<string> {
  try {
    await find(...styles);
  } catch (error) {
    expect(toProblem(error).code).toBe('pack-invalid');
    return toProblem(error).message;
  }
  throw new Error('nothing went wrong');
}

test('styles are found by name, in their order', async () => {
  const [one, two] = [await install('one.safetensors', 'unet.a'), await install('two.safetensors', 'unet.b')];
  expect(await find(two, one)).toEqual([
    { path: join(packs, 'styles', 'two.safetensors'), weight: 0.5 },
    { path: join(packs, 'styles', 'one.safetensors'), weight: 0.5 },
  ]);
});

test('another file under the same name is not what the shot was sent with', async () => {
  const style = await install('one.safetensors', 'unet.a');
  await install('one.safetensors', 'unet.b');
  expect(await refusal(style)).toMatch(/one\.safetensors is another file/);
});

test('one that is not there is named', async () => {
  const style = await install('one.safetensors', 'unet.a');
  expect(await refusal({ ...style, name: 'gone.safetensors' })).toContain('gone.safetensors is not installed');
});

test.each(['../one.safetensors', '..', 'a/b.safetensors', 'a\\b.safetensors', '/etc/passwd', 'one.bin', ''])(
  '%j is no name',
  async (name) => {
    const style = await install('one.safetensors', 'unet.a');
    expect(await refusal({ ...style, name })).toContain('no name of a style');
  },
);

test('a style for a network that the pack lacks is not half used', async () => {
  const style = await install('one.safetensors', 'text_encoder.a');
  expect(await refusal(style)).toMatch(/one\.safetensors changes a text_encoder/);
});
