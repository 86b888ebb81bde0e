import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { modelWish } from '../../../companion-app/daemon/animate/model-wish';
import { fileHash } from '../../../companion-app/inference/lora';
import { toProblem } from '../../../shared/problem';
import { temporaryFolder } from '../../media/temp-folder';

const folder = temporaryFolder('model-wish');
const place = (...parts: string[]): string => path.join(folder(), ...parts);

async function problemOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing went wrong',
    (error: unknown) => `${toProblem(error).message} ${toProblem(error).action}`,
  );
}

test('a style is copied beside the pack and named by name, hash and weight; words are carried', async () => {
  await mkdir(place('packs', 'tiny'), { recursive: true });
  await writeFile(place('pencil.safetensors'), 'weights');
  const wish = await modelWish(
    { style: [`${place('pencil.safetensors')}:0.8`], prompt: 'a boat', negative: 'blur', styleLine: 'pencil' },
    place('packs', 'tiny'),
  );
  const sha256 = await fileHash(place('pencil.safetensors'));
  expect(wish).toEqual({
    styles: [{ name: 'pencil.safetensors', sha256, weight: 0.8 }],
    ...{ prompt: 'a boat', negative: 'blur', styleLine: 'pencil' },
  });
  expect(await readFile(place('packs', 'styles', 'pencil.safetensors'), 'utf8')).toBe('weights');
  // Again, and from where it was copied to.
  const again = await modelWish({ style: [place('packs', 'styles', 'pencil.safetensors')] }, place('packs', 'tiny'));
  expect(again).toEqual({ styles: [{ name: 'pencil.safetensors', sha256, weight: 1 }] });
});

test('nothing asked for is nothing in the job', async () => {
  expect(await modelWish({}, undefined)).toEqual({});
});

test('what cannot be used is said', async () => {
  await mkdir(place('packs', 'styles'), { recursive: true });
  await writeFile(place('a.safetensors'), 'one');
  await writeFile(place('packs', 'styles', 'a.safetensors'), 'another');
  const pack = place('packs', 'tiny');
  const of = (style: string, named: string | undefined = pack) => problemOf(modelWish({ style: [style] }, named));
  expect(await problemOf(modelWish({ style: ['a.safetensors'] }, undefined))).toMatch(/none was named.*--pack/);
  expect(await of('a.bin')).toMatch(/no style/);
  expect(await of(`${place('a.safetensors')}:9`)).toMatch(/-4 to 4/);
  expect(await of(place('gone.safetensors'))).toMatch(/cannot be read/);
  expect(await of(place('a.safetensors'))).toMatch(/another file than/);
});
