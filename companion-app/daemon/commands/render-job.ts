/** `inbetween render-job`: one job of a batch, rendered here and put into a folder. What schedulers of other farms call. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { InbetweenError } from '../../../shared/problem';
import { Runner, RUNNER_DEFAULTS, systemClock, type BoardShelf } from '../../queue';
import { WorkerDispatch } from '../../queue/farm';
import { daemonConfig, userDataDir } from '../config';
import { dataLayout } from '../data-folder';
import { remark, say, sayJson } from '../speak';
import { zExportedJob, type ExportedJob } from './exported-job';
import { providerOption, type ProviderChoice } from './provider-option';

interface Options {
  readonly out: string;
  readonly data: string;
  readonly provider: ProviderChoice;
  readonly openjd?: boolean;
}

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function readJob(file: string): Promise<ExportedJob> {
  const safe = 'Nothing was rendered.';
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    throw new InbetweenError({
      code: 'not-found',
      message: `There is no job ${file}.`,
      safe,
      action: 'Give the path of a file in the jobs folder of a batch.',
    });
  }
  try {
    return zExportedJob.parse(JSON.parse(text));
  } catch (cause) {
    throw new InbetweenError(
      {
        code: 'shot-invalid',
        message: `${file} is no job that this version can read.`,
        safe,
        action: 'Export the batch again with the same version of Inbetween.',
      },
      { cause },
    );
  }
}

/** Boards lie beside the jobs folder under their hashes. */
function boardsBeside(file: string): BoardShelf {
  const folder = path.resolve(path.dirname(file), '..', 'boards');
  return { pathOf: (sha256) => Promise.resolve(path.join(folder, sha256)) };
}

async function renderJob(file: string, options: Options): Promise<void> {
  const { previs, ...spec } = await readJob(file);
  const out = path.resolve(options.out);
  await mkdir(out, { recursive: true });
  const attempts = await mkdtemp(path.join(tmpdir(), 'inbetween-job-'));
  const dispatch = new WorkerDispatch('render-job', () => Date.now());
  const runner = new Runner(
    { queue: dispatch, shelf: boardsBeside(file), clock: systemClock, log: SILENT },
    {
      ...RUNNER_DEFAULTS,
      provider: options.provider,
      previs: () => dispatch.previs(),
      packsDir: dataLayout(options.data).packs,
      entry: daemonConfig().renderEntry,
      folders: { attempts, takes: out },
    },
  );
  const stop = (): void => dispatch.giveUp(spec.id);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  runner.start();
  try {
    const end = await dispatch.offer(
      { spec, run: spec, attempt: 1, tries: 0, remarks: [], previs },
      ({ done, of, stage }) => {
        if (options.openjd === true && of > 0) {
          say(`openjd_progress: ${((100 * done) / of).toFixed(1)}`);
          say(`openjd_status: ${spec.shot.name}: ${stage} ${done} of ${of}`);
        } else if (options.openjd !== true) remark(`${stage} ${done} of ${of}`);
      },
    );
    if (end.type === 'rendered') {
      sayJson({
        job: spec.id,
        shot: spec.shot.name,
        file: end.take.path,
        frames: end.take.frames,
        seconds: end.seconds,
      });
      return;
    }
    const told =
      end.type === 'failed' || end.type === 'lost' ? end.problem : { code: 'cancelled' as const, message: 'Stopped.' };
    if (options.openjd === true) say(`openjd_fail: ${told.message}`);
    throw new InbetweenError(told);
  } finally {
    await runner.stop();
    await rm(attempts, { recursive: true, force: true });
  }
}

export function register(program: Command): void {
  program
    .command('render-job')
    .description('render one job of an exported batch')
    .argument('<job.json>', 'file in the jobs folder of a batch')
    .requiredOption('--out <folder>', 'where the clip is put')
    .option('--data <folder>', 'data folder with the model packs', userDataDir())
    .option('--openjd', 'progress as Open Job Description sessions read it')
    .addOption(providerOption('what runs the networks'))
    .action(renderJob);
}
