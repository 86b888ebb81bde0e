/** `inbetween models` as people run it. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
