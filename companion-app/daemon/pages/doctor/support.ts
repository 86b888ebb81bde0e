/** The archive for whoever helps: facts about machine, settings and jobs; what an artist drew or wrote only where asked for. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { open, readFile } from 'node:fs/promises';
import { cpus, platform, release, totalmem } from 'node:os';
import type { Finding, JobRow, JobSpec } from '../../../../shared/protocol';
import type { PageParts } from '../parts';

/** The end of the log is enough. Bytes. */
const LOG_BYTES = 2 * 1024 ** 2;
const MOST_JOBS = 2_000;
/** Pictures of the newest takes. */
const MOST_PICTURES = 60;

export async function supportZip(
  { config, layout, queue, settings }: Pick<PageParts, 'config' | 'layout' | 'queue' | 'settings'>,
  findings: readonly Finding[],
  wanted: { readonly pictures: boolean; readonly notes: boolean },
): Promise<Uint8Array> {
  const { jobs, total } = queue.list({ limit: MOST_JOBS });
  const { sequences: _styles, ...plain } = settings.get();
  const files: Zippable = {
    'about.json': json({
      version: config.version,
      platform: `${platform()} ${release()}`,
      node: process.versions.node,
      cores: cpus().length,
      memory: totalmem(),
      jobs: total,
    }),
    'findings.json': json(findings),
    'settings.json': json(wanted.notes ? settings.get() : plain),
    'jobs.json': json(jobs.map((row, i) => (wanted.notes ? row : anonymous(row, i)))),
    'daemon.log': await endOf(layout.log),
  };
  if (wanted.pictures) Object.assign(files, await pictures(jobs));
  return zipSync(files);
}

const json = (value: unknown): Uint8Array => strToU8(JSON.stringify(value, null, 2));

/** A job without names, notes and paths: what a fault can be found by, and nothing of the story. */
function anonymous({ spec, state, attempts, submittedAt, changedAt, take, problem }: JobRow, index: number) {
  return {
    job: index + 1,
    ...{ state, attempts, submittedAt, changedAt },
    spec: anonymousSpec(spec),
    ...(take && {
      take: {
        ...{ size: take.size, frames: take.frames, codec: take.codec, engine: take.engine, provider: take.provider },
        ...{
          bytes: take.bytes,
          seconds: take.seconds,
          checks: take.checks.map(({ name, ok, score }) => ({ name, ok, score })),
        },
      },
    }),
    ...(problem && { problem: { code: problem.code, retry: problem.retry } }),
  };
}

function anonymousSpec({ shot, engine, codec, quality, take, seed, version, pack }: JobSpec) {
  return {
    ...{ engine, codec, quality, take, seed, version },
    ...(pack && { pack }),
    shot: { rate: shot.rate, frames: shot.frames, size: shot.size, fit: shot.fit, boards: shot.boards.length },
  };
}

/** The log's end, from the start of a line. */
async function endOf(log: string): Promise<Uint8Array> {
  const file = await open(log, 'r').catch(() => null);
  if (!file) return new Uint8Array();
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - LOG_BYTES);
    const bytes = new Uint8Array(size - start);
    await file.read(bytes, 0, bytes.length, start);
    return start === 0 ? bytes : bytes.subarray(bytes.indexOf(10) + 1);
  } finally {
    await file.close();
  }
}

async function pictures(jobs: readonly JobRow[]): Promise<Zippable> {
  const files: Zippable = {};
  const newest = [...jobs]
    .sort((a, b) => b.changedAt - a.changedAt)
    .flatMap(({ spec, take }) => {
      return (take?.thumbnails ?? []).map((file, i) => ({ file, name: `pictures/${spec.id}-${i}.jpg` }));
    });
  for (const { file, name } of newest.slice(0, MOST_PICTURES)) {
    const bytes = await readFile(file).catch(() => null);
    if (bytes) files[name] = [new Uint8Array(bytes), { level: 0 }];
  }
  return files;
}
