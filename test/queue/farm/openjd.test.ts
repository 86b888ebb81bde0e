/** A batch for other farms: the template is of the published form, and every task of it makes its clip. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { z } from 'zod';
import { openJobTemplate } from '../../../companion-app/queue/farm';
import { install, run, serve } from '../../daemon/fixtures/installed';
import { Panel } from '../../daemon/fixtures/panel';
import { sha, spec, tempFolder } from '../fixtures/specs';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** The parts of jobtemplate-2023-09 that are used here, with the specification's own limits; nothing else may be in it. */
const zTemplate = z.strictObject({
  specificationVersion: z.literal('jobtemplate-2023-09'),
  name: z.string().min(1).max(128),
  description: z.string().min(1).max(2048),
  parameterDefinitions: z
    .array(
      z.strictObject({
        name: z.string().max(64).regex(NAME),
        type: z.enum(['STRING', 'PATH']),
        default: z.string().max(1024),
        description: z.string().max(2048),
        objectType: z.enum(['FILE', 'DIRECTORY']).optional(),
        dataFlow: z.enum(['NONE', 'IN', 'OUT', 'INOUT']).optional(),
      }),
    )
    .max(50),
  steps: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(64),
        parameterSpace: z.strictObject({
          taskParameterDefinitions: z
            .array(
              z.strictObject({
                name: z.string().max(64).regex(NAME),
                type: z.literal('STRING'),
                range: z.array(z.string().min(1).max(1024)).min(1).max(1024),
              }),
            )
            .length(1),
        }),
        hostRequirements: z
          .strictObject({
            amounts: z.array(z.strictObject({ name: z.string().startsWith('amount.'), min: z.number() })),
          })
          .optional(),
        script: z.strictObject({
          actions: z.strictObject({
            onRun: z.strictObject({
              command: z.string().min(1),
              args: z.array(z.string()),
              cancelation: z.strictObject({
                mode: z.literal('NOTIFY_THEN_TERMINATE'),
                notifyPeriodInSeconds: z.number().int().min(1).max(600),
              }),
            }),
          }),
        }),
      }),
    )
    .min(1)
    .refine((steps) => new Set(steps.map((step) => step.name)).size === steps.length),
});

test('shots are grouped by what they need, a thousand to a step, under names that are allowed', () => {
  const pack = { name: 'svd {{x}}', sha256: sha('pack') };
  const jobs = Array.from({ length: 2100 }, (_, n) => ({
    ...spec(n + 1),
    ...(n % 2 ? { pack, engine: 'diffusion' as const } : {}),
  }));
  const template = zTemplate.parse(openJobTemplate(`Act {{Param.Out}} ${'long '.repeat(60)}`, jobs));
  expect(template.name).not.toMatch(/[{}]/);
  expect(template.steps.map((step) => step.parameterSpace.taskParameterDefinitions[0]!.range.length)).toEqual([
    1024, 26, 1024, 26,
  ]);
  expect(template.steps.map((step) => step.hostRequirements !== undefined)).toEqual([false, false, true, true]);
  const ids = template.steps.flatMap((step) => step.parameterSpace.taskParameterDefinitions[0]!.range);
  expect(new Set(ids)).toEqual(new Set(jobs.map((job) => job.id)));
});

test('whatever sequences and packs are called, their names are allowed, whole and each there once', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom('🎬', '\ud83d', '{', '}', '\u0085', '\u2028', '\u200f', 'é', ' ', '"'),
      maxLength: 200,
    }),
  );
  fc.assert(
    fc.property(text, fc.array(text, { minLength: 1, maxLength: 4 }), (title, packs) => {
      const jobs = packs.map((name, n) => ({ ...spec(n + 1), pack: { name, sha256: sha(String(n)) } }));
      const { name, steps } = zTemplate.parse(openJobTemplate(title, jobs));
      for (const each of [name, ...steps.map((step) => step.name)]) {
        expect(each).not.toMatch(/[\p{Cc}\p{Cs}{}]/u);
        expect(each).toBe(each.trim());
      }
    }),
    { numRuns: 40 },
  );
});

test('an exported batch is rendered task by task, as a scheduler would', async () => {
  await install();
  const folder = await tempFolder();
  try {
    const data = path.join(folder.path, 'data');
    await mkdir(data);
    // Whoever renders the batch elsewhere cannot look this up.
    const sequences = { [spec(1).sequence.sequenceId]: { previsBurnIn: true } };
    await writeFile(path.join(data, 'settings.json'), JSON.stringify({ sequences }));
    const daemon = await serve(data);
    const { panel } = await Panel.connect(daemon.port, { code: daemon.pairing });
    await panel.ask({ type: 'pause', ref: panel.ref(), paused: true }, 'pause-ack');
    const jobs = [spec(1, { board: sha('a') }), spec(2, { board: sha('b') }), spec(3, { board: sha('not sent') })];
    await panel.submit(jobs, ['a', 'b']);
    const batch = path.join(folder.path, 'batch');
    const told = await run(['farm', 'export', batch, '--data', data]);
    expect([told.code, told.stderr.includes('still wait')]).toEqual([0, true]);
    expect(told.stderr).toContain('1 more wait for boards that have not arrived yet');
    panel.close();
    daemon.child.kill('SIGTERM');
    await daemon.ended;

    const template = zTemplate.parse(JSON.parse(await readFile(path.join(batch, 'template.json'), 'utf8')));
    const out = path.join(folder.path, 'out');
    for (const { script, parameterSpace } of template.steps) {
      for (const job of parameterSpace.taskParameterDefinitions[0]!.range) {
        const fill = (text: string): string =>
          text
            .replaceAll('{{Param.Batch}}', batch)
            .replaceAll('{{Param.Out}}', out)
            .replaceAll('{{Task.Param.Job}}', job);
        const { stdout } = await promisify(execFile)(process.execPath, [
          path.resolve(__dirname, '../../../.cache/test-install/inbetween.cjs'),
          ...script.actions.onRun.args.map(fill),
        ]);
        const exported = await readFile(path.join(batch, 'jobs', `${job}.json`), 'utf8');
        expect(JSON.parse(exported)).toMatchObject({ id: job, previs: 'always' });
        expect(stdout).toMatch(/^openjd_progress: \d/m);
        expect(stdout).toContain(`"job":"${job}"`);
      }
    }
    const clips = (await readdir(out, { recursive: true })).filter((name) => name.endsWith('.mov'));
    expect(clips).toHaveLength(2);
  } finally {
    await folder.remove();
  }
}, 90_000);

test('a job that is not there, or is none, is told', async () => {
  await install();
  const missing = await run(['render-job', '/nowhere/jobs/x.json', '--out', '/tmp']);
  expect([missing.code, missing.stderr.includes('There is no job')]).toEqual([1, true]);
}, 60_000);
