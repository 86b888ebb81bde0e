/**
 * A batch as an Open Job Description template (jobtemplate-2023-09), so that Deadline Cloud or any other scheduler of that standard renders it.
 * Each task calls `inbetween render-job`. Limits are those of the published specification.
 */
import type { JobSpec } from '../../../shared/protocol';
import { queueOf } from './messages';

/** Most values of one task parameter. */
const MOST_TASKS = 1024;
/** Longest name of a job; of a step. */
const JOB_NAME = 128;
const STEP_NAME = 64;

export interface OpenJobTemplate {
  readonly specificationVersion: 'jobtemplate-2023-09';
  readonly name: string;
  readonly description: string;
  readonly parameterDefinitions: readonly object[];
  readonly steps: readonly object[];
}

/** Control characters and the marks of format strings are not for names. */
function plain(text: string, most: number, otherwise: string): string {
  const kept = text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/[{}]/g, '')
    .trim();
  return (kept === '' ? otherwise : kept).slice(0, most).trim();
}

const PARAMETERS = [
  {
    name: 'Batch',
    type: 'PATH',
    objectType: 'DIRECTORY',
    dataFlow: 'IN',
    default: '.',
    description: 'The folder this template lies in: jobs and boards.',
  },
  {
    name: 'Out',
    type: 'PATH',
    objectType: 'DIRECTORY',
    dataFlow: 'OUT',
    default: 'out',
    description: 'Where the clips are put.',
  },
  {
    name: 'Inbetween',
    type: 'STRING',
    default: 'inbetween',
    description: 'The inbetween command on the workers.',
  },
] as const;

function step(name: string, ids: readonly string[], needsPack: boolean): object {
  return {
    name,
    parameterSpace: { taskParameterDefinitions: [{ name: 'Job', type: 'STRING', range: [...ids] }] },
    // A model pack wants a graphics card; the embedded engines want none.
    ...(needsPack ? { hostRequirements: { amounts: [{ name: 'amount.worker.gpu', min: 1 }] } } : {}),
    script: {
      actions: {
        onRun: {
          command: '{{Param.Inbetween}}',
          args: ['render-job', '{{Param.Batch}}/jobs/{{Task.Param.Job}}.json', '--out', '{{Param.Out}}', '--openjd'],
        },
      },
    },
  };
}

/** The template of these jobs. Shots that need the same pack share a step; a step has at most 1024 tasks. Throws RangeError without jobs. */
export function openJobTemplate(title: string, jobs: readonly JobSpec[]): OpenJobTemplate {
  if (jobs.length === 0) throw new RangeError('a batch has at least one job');
  const groups = new Map<string, { name: string; needsPack: boolean; ids: string[] }>();
  for (const job of jobs) {
    const key = queueOf(job);
    const needsPack = job.pack !== undefined || job.engine === 'diffusion';
    const name = job.pack
      ? `Render with ${plain(job.pack.name, 40, 'a pack')}`
      : needsPack
        ? 'Render with a model'
        : 'Render';
    const group = groups.get(key) ?? { name, needsPack, ids: [] };
    group.ids.push(job.id);
    groups.set(key, group);
  }
  const steps: object[] = [];
  const names = new Set<string>();
  for (const { name, needsPack, ids } of groups.values()) {
    for (let from = 0; from < ids.length; from += MOST_TASKS) {
      let unique = name;
      for (let n = 2; names.has(unique); n += 1) unique = `${name.slice(0, STEP_NAME - 6)} ${n}`;
      names.add(unique);
      steps.push(step(unique, ids.slice(from, from + MOST_TASKS), needsPack));
    }
  }
  return {
    specificationVersion: 'jobtemplate-2023-09',
    name: plain(`Inbetween: ${title}`, JOB_NAME, 'Inbetween'),
    description: `${jobs.length} shots, each a clip of exactly its own length.`,
    parameterDefinitions: PARAMETERS,
    steps,
  };
}
