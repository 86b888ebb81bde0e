/** `inbetween farm …`: who works, what waits; pause, resume, drain; a batch for other farms. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { Redis } from 'ioredis';
import { InbetweenError } from '../../../shared/problem';
import { LIMITS, type JobSpec } from '../../../shared/protocol';
import { BoardStore } from '../../gateway';
import {
  assertKeepsJobs,
  connectRedis,
  drainWorker,
  farmStatus,
  openJobTemplate,
  setFarmPaused,
  type FarmStatus,
} from '../../queue/farm';
import { boardsOf } from '../../queue/record';
import { DaemonClient } from '../client';
import { userDataDir } from '../config';
import { dataLayout } from '../data-folder';
import { previsOf, settingsIn } from '../settings';
import { remark, say, sayJson } from '../speak';
import type { ExportedJob } from './exported-job';

interface Common {
  readonly farm: string;
  readonly json?: boolean;
}

async function withFarm<T>(url: string, act: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = connectRedis(url);
  redis.connect().catch(() => undefined);
  try {
    await assertKeepsJobs(redis, url);
    return await act(redis);
  } finally {
    redis.disconnect();
  }
}

function show({ workers, queues, warnings }: FarmStatus): void {
  for (const { id, state, job, provider, device, memoryBytes, packs, version } of workers) {
    const memory = memoryBytes === undefined ? '' : `${(memoryBytes / 1e9).toFixed(1)} GB`;
    const names = [...new Set((packs ?? []).map(({ name }) => name))].join(', ');
    const parts = [id, state, job ?? '', provider, device ?? '', memory, names, version];
    say(parts.filter((part) => part !== '').join('  '));
  }
  if (workers.length === 0) say('No worker is there.');
  for (const { name, waiting, active, paused } of queues)
    say(`${name}  ${waiting} waiting, ${active} being made${paused ? ', paused' : ''}`);
  for (const warning of warnings) remark(warning);
}

async function status({ farm, json }: Common): Promise<void> {
  const found = await withFarm(farm, farmStatus);
  if (json === true) sayJson(found);
  else show(found);
}

async function queuedJobs(data: string, sequence: string | undefined): Promise<JobSpec[]> {
  const client = await DaemonClient.connect(data);
  try {
    const jobs: JobSpec[] = [];
    for (;;) {
      const ref = `export-${jobs.length}`;
      const page = await client.ask({ type: 'list', ref, states: ['queued'], offset: jobs.length }, 'list-ack');
      jobs.push(...page.jobs.map((row) => row.spec));
      if (page.jobs.length === 0 || jobs.length >= page.total) break;
    }
    return jobs.filter((job) => sequence === undefined || job.sequence.name === sequence);
  } finally {
    client.close();
  }
}

const nothingWaits = (message: string, action: string): InbetweenError =>
  new InbetweenError({ code: 'not-found', message, safe: 'Nothing was written.', action });

/** The jobs whose boards are all here, and where these lie by their SHA-256. */
async function withBoards(jobs: readonly JobSpec[], data: string) {
  const boards = await BoardStore.open({ folder: dataLayout(data).boards, maxBytes: LIMITS.boardBytes });
  const places = new Map<string, string>();
  for (const sha256 of new Set(jobs.flatMap((job) => boardsOf(job)))) {
    const file = await boards.pathOf(sha256);
    if (file !== null) places.set(sha256, file);
  }
  return { whole: jobs.filter((job) => boardsOf(job).every((sha256) => places.has(sha256))), places };
}

/** Writes template.json, a file a job, and the boards, so that the folder can go anywhere. */
async function exportBatch(folder: string, { data, sequence }: { data: string; sequence?: string }): Promise<void> {
  const waiting = await queuedJobs(data, sequence);
  if (waiting.length === 0)
    throw nothingWaits(
      'No shot waits in the queue.',
      'Queue the shots first, and pause the queue so that they stay there.',
    );
  const { whole: jobs, places } = await withBoards(waiting, data);
  const [first] = jobs;
  if (!first)
    throw nothingWaits('The boards of the waiting shots have not arrived yet.', 'Wait until the panel has sent them.');
  const out = path.resolve(folder);
  for (const part of ['jobs', 'boards']) await mkdir(path.join(out, part), { recursive: true });
  for (const sha256 of new Set(jobs.flatMap((job) => boardsOf(job)))) {
    const file = places.get(sha256);
    if (file !== undefined) await copyFile(file, path.join(out, 'boards', sha256));
  }
  const settings = await settingsIn(dataLayout(data).settings);
  for (const job of jobs) {
    // Whoever renders it knows neither this machine's settings nor the sequence's own switch.
    const exported: ExportedJob = { ...job, previs: previsOf(settings, job.sequence.sequenceId) };
    await writeFile(path.join(out, 'jobs', `${job.id}.json`), `${JSON.stringify(exported, null, 2)}\n`);
  }
  const template = openJobTemplate(first.sequence.name, jobs);
  await writeFile(path.join(out, 'template.json'), `${JSON.stringify(template, null, 2)}\n`);
  say(`${jobs.length} shots in ${path.join(out, 'template.json')}`);
  const left = waiting.length - jobs.length;
  if (left > 0) remark(`${left} more wait for boards that have not arrived yet and are not in it.`);
  remark('They still wait in this queue: cancel them here once the other farm has taken them.');
}

export function register(program: Command): void {
  const farm = program.command('farm').description('look at and steer a farm of companions');
  const command = (name: string, about: string): Command =>
    farm.command(name).description(about).requiredOption('--farm <url>', 'its Redis, "redis://host:6379"');
  command('status', 'workers, queues, and what is odd about them').option('--json', 'answer in JSON').action(status);
  command('pause', 'no worker takes a job until the farm is resumed').action(({ farm: url }: Common) =>
    withFarm(url, (redis) => setFarmPaused(redis, true)),
  );
  command('resume', 'workers take jobs again').action(({ farm: url }: Common) =>
    withFarm(url, (redis) => setFarmPaused(redis, false)),
  );
  command('drain <worker>', 'have a worker finish its job and leave').action((worker: string, { farm: url }: Common) =>
    withFarm(url, (redis) => drainWorker(redis, worker)),
  );
  farm
    .command('export <folder>')
    .description('the waiting shots as an Open Job Description batch, for Deadline Cloud and other farms')
    .option('--sequence <name>', 'only shots of this sequence')
    .option('--data <folder>', 'data folder', userDataDir())
    .action(exportBatch);
}
