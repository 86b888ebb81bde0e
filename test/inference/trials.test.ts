import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeCardBytes, type Provider, type Trial } from '../../companion-app/inference';
import { remembered, trialsFile } from '../../companion-app/inference/trials';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trials-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a trial is made once and remembered from process to process; a failed one is made again sooner', async () => {
  const file = join(folder, 'deep', 'providers.json');
  let now = 1e12;
  const asked: Provider[] = [];
  const attempt = (provider: Provider): Promise<Trial> => {
    asked.push(provider);
    return Promise.resolve(provider === 'cpu' ? { works: true, ms: 7 } : { works: false, reason: 'busy' });
  };
  const fresh = () => remembered(attempt, file, () => now);
  expect(await fresh()('cpu')).toEqual({ works: true, ms: 7 });
  expect(await fresh()('webgpu')).toEqual({ works: false, reason: 'busy' });
  expect(await fresh()('cpu')).toEqual({ works: true, ms: 7 });
  await fresh()('webgpu');
  expect(asked).toEqual(['cpu', 'webgpu']);
  now += 2 * 3600_000;
  await fresh()('cpu');
  await fresh()('webgpu');
  expect(asked).toEqual(['cpu', 'webgpu', 'webgpu']);
  now += 8 * 24 * 3600_000;
  await fresh()('cpu');
  expect(asked).toHaveLength(4);
});

test('a file that is damaged, or cannot be written, changes nothing', async () => {
  const file = join(folder, 'providers.json');
  await writeFile(file, '{"cpu": 3}');
  const attempt = (): Promise<Trial> => Promise.resolve({ works: true, ms: 1 });
  expect(await remembered(attempt, file)('cpu')).toEqual({ works: true, ms: 1 });
  expect(await remembered(attempt, join(file, 'below'))('cpu')).toEqual({ works: true, ms: 1 });
});

test('another runtime, or another driver, has a file of its own', () => {
  expect(trialsFile('1.0', {})).not.toBe(trialsFile('1.1', {}));
  expect(trialsFile('1.0', {})).not.toBe(trialsFile('1.0', { VK_ICD_FILENAMES: '/x.json' }));
  expect(trialsFile('1.0', {})).toBe(trialsFile('1.0', {}));
});

test('the card’s free memory is what its driver says, and unknown where it says nothing', async () => {
  expect(await freeCardBytes('cuda', () => Promise.resolve('8192\n4096\n'))).toBe(8192 * 2 ** 20);
  expect(await freeCardBytes('webgpu', () => Promise.resolve('[N/A]\n'))).toBeUndefined();
  expect(await freeCardBytes('dml', () => Promise.resolve(undefined))).toBeUndefined();
  const asked = jest.fn();
  expect(await freeCardBytes('cpu', asked)).toBeUndefined();
  expect(asked).not.toHaveBeenCalled();
});
