/** Merged models beside a graph are a cache of bounded size. */
import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mergeStyles, type Merged } from '../../../companion-app/inference/lora';
import { BASE, DIMS, folder, linear, Q, style } from './bench';
import { pair } from './support';

const hour = (count: number): Date => new Date(Date.UTC(2030, 0, 1, count));

async function merged(weight: number, at: number, mostBytes: number): Promise<Merged> {
  const graph = join(folder, 'unet', 'model.onnx');
  await writeFile(graph, linear(BASE));
  const styles = [await style('s', pair(Q, DIMS, 3), weight)];
  return mergeStyles({ folder, graph, part: 'denoiser', styles, mostBytes, now: () => hour(at) });
}

const kept = async (): Promise<string[]> =>
  (await readdir(join(folder, 'unet'))).filter((name) => name.endsWith('.model')).sort();
const nameOf = ({ hash }: Merged): string => `lora-${hash ?? ''}.model`;

test('the one that was not used for longest makes room, the one in use never', async () => {
  const first = await merged(1, 1, 1e9);
  const second = await merged(0.5, 2, 1e9);
  const bytes = (await stat(first.graph)).size + (await stat(first.graph.replace('.model', '.bin'))).size;
  // Used again: now the second is the oldest.
  expect((await merged(1, 3, 1e9)).cached).toBe(true);
  await utimes(second.graph.replace('.model', '.bin'), hour(2), hour(2));
  const third = await merged(0.25, 4, 2 * bytes + 10);
  expect(await kept()).toEqual([nameOf(first), nameOf(third)].sort());
  const last = await merged(0.125, 5, 1);
  expect(await kept()).toEqual([nameOf(last)]);
  expect(await readdir(join(folder, 'unet'))).toHaveLength(3);
});

test('what a merge that was cut off left behind goes after a day, what is being written stays', async () => {
  const hash = 'a'.repeat(32);
  const [old, fresh] = [1, 2].map((pid) => join(folder, 'unet', `lora-${hash}.bin.${pid}.part`)) as [string, string];
  await writeFile(old, 'x');
  await writeFile(fresh, 'x');
  await utimes(old, hour(1), hour(1));
  await utimes(fresh, hour(30), hour(30));
  await merged(1, 31, 1e9);
  const names = await readdir(join(folder, 'unet'));
  expect(names).toContain(`lora-${hash}.bin.2.part`);
  expect(names).not.toContain(`lora-${hash}.bin.1.part`);
});
