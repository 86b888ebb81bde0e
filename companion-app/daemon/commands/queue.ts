/** `inbetween queue …`: looks at and steers the queue of the daemon that runs. */
import path from 'node:path';
import { Option, type Command } from 'commander';
import { JOB_STATES, type JobRow, type JobState } from '../../../shared/protocol';
import { DaemonClient } from '../client';
import { userDataDir } from '../config';
import { fetchClip } from '../remote/fetch-clip';
import { say, sayJson, sentences } from '../speak';

interface Common {
  readonly data: string;
  readonly json?: boolean;
}

const PAGE = 200;
/** Most ids one request may carry. */
const IDS = 500;

async function withDaemon<T>(data: string, act: (client: DaemonClient) => Promise<T>): Promise<T> {
  const client = await DaemonClient.connect(data);
  try {
    return await act(client);
  } finally {
    client.close();
  }
}

async function allJobs(client: DaemonClient, states?: readonly JobState[]): Promise<JobRow[]> {
  const jobs: JobRow[] = [];
  for (;;) {
    const filter = states ? { states: [...states] } : {};
    const page = await client.ask(
      { type: 'list', ref: `list-${jobs.length}`, offset: jobs.length, limit: PAGE, ...filter },
      'list-ack',
    );
    jobs.push(...page.jobs);
    if (page.jobs.length === 0 || jobs.length >= page.total) return jobs;
  }
}

function line({ spec, state, attempts, problem: told }: JobRow): string {
  const shot = (spec.shot.name || spec.shot.id).replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  const why = told ? `  ${sentences(told).replaceAll('\n', ' ')}` : '';
  return `${spec.id}  ${state.padEnd(9)}  ${String(attempts).padStart(2)}×  ${shot}, ${spec.shot.frames} frames${why}`;
}

async function list(options: Common & { state?: JobState }): Promise<void> {
  const {
    jobs,
    paused,
    holds = [],
  } = await withDaemon(options.data, async (client) => ({
    jobs: await allJobs(client, options.state && [options.state]),
    ...(await client.ask({ type: 'pause', ref: 'paused' }, 'pause-ack')),
  }));
  if (options.json) {
    sayJson({ paused, holds, jobs });
    return;
  }
  for (const job of jobs) say(line(job));
  say(`${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'}${paused ? ', paused' : ''}`);
  for (const { kind, problem } of holds) if (kind !== 'paused') say(sentences(problem).replaceAll('\n', ' '));
}

/** Without ids all jobs that the verb can apply to. */
async function change(verb: 'retry' | 'cancel', ids: string[], options: Common & { all?: boolean }): Promise<void> {
  const states: JobState[] = verb === 'retry' ? ['failed'] : ['queued', 'rendering'];
  const changed = await withDaemon(options.data, async (client) => {
    const chosen = options.all ? (await allJobs(client, states)).map((job) => job.spec.id) : ids;
    const done: string[] = [];
    for (let at = 0; at < chosen.length; at += IDS) {
      const jobIds = chosen.slice(at, at + IDS);
      const ref = `${verb}-${at}`;
      const answer =
        verb === 'retry'
          ? await client.ask({ type: 'retry', ref, jobIds }, 'retry-ack')
          : await client.ask({ type: 'cancel', ref, jobIds }, 'cancel-ack');
      done.push(...answer.jobIds);
    }
    return { done, asked: chosen.length };
  });
  if (options.json) sayJson({ jobIds: changed.done });
  else
    say(`${changed.done.length} of ${changed.asked} jobs ${verb === 'retry' ? 'are queued again' : 'are cancelled'}`);
  if (changed.done.length < changed.asked) process.exitCode = 1;
}

/** Pauses or resumes; the running job is not touched. */
async function pause(paused: boolean, options: Common): Promise<void> {
  const now = await withDaemon(options.data, (client) =>
    client.ask({ type: 'pause', ref: 'pause', paused }, 'pause-ack'),
  );
  if (options.json) sayJson({ paused: now.paused });
  else say(now.paused ? 'Paused: no shot is begun until "inbetween queue resume".' : 'Shots are rendered again.');
}

/** Copies every finished clip. Those that are there already, byte for byte, are left as they are. */
async function fetchAll(folder: string, options: Common): Promise<void> {
  const clips = await withDaemon(options.data, async (client) => {
    const jobs = await allJobs(client, ['rendered', 'delivered', 'placed']);
    const done: { jobId: string; file: string }[] = [];
    for (const { spec, take } of jobs)
      if (take) done.push({ jobId: spec.id, file: await fetchClip(client, spec.id, take, path.resolve(folder)) });
    return done;
  });
  if (options.json) sayJson({ clips });
  else say(`${clips.length} ${clips.length === 1 ? 'clip is' : 'clips are'} in ${folder}`);
}

export function register(program: Command): void {
  const queue = program.command('queue').description('look at and steer the queue of the companion that runs');
  const command = (name: string, description: string): Command =>
    queue
      .command(name)
      .description(description)
      .option('--data <folder>', 'data folder of the companion', userDataDir())
      .option('--json', 'answer in JSON');

  command('list', 'all jobs, in the order they are rendered')
    .addOption(new Option('--state <state>', 'only jobs in this state').choices(JOB_STATES))
    .action(list);
  for (const verb of ['retry', 'cancel'] as const) {
    const which = verb === 'retry' ? 'failed jobs' : 'jobs that wait or run';
    command(`${verb} [ids...]`, verb === 'retry' ? 'queue failed jobs again' : 'cancel jobs')
      .option('--all', `all ${which}`)
      .action(async (ids: string[], options: Common & { all?: boolean }, self: Command) => {
        if (ids.length === 0 && !options.all) self.error(`error: give the ids of the jobs, or --all for all ${which}`);
        await change(verb, ids, options);
      });
  }
  command(
    'fetch <folder>',
    'copy finished clips into a folder, also from a companion that "inbetween connect" leads to',
  ).action(fetchAll);
  command('pause', 'begin no more jobs; the one that runs goes on').action((options: Common) => pause(true, options));
  command('resume', 'begin jobs again').action((options: Common) => pause(false, options));
}
