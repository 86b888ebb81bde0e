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

/** Seconds that a task has to put its things away when it is cancelled. */
const NOTICE_SECONDS = 30;

/**
 * Text as a name may have it, at most so many characters, never half a one: control characters, halves of characters and the marks of
 * format strings are left out. Empty where nothing remains.
 */
function plain(text: string, most: number): string {
  const kept = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[{}\p{Cs}]/gu, '')
    .trim();
  // A character of two halves is not cut in two.
  const cut = kept.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  return cut.trim();
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

function step(name: string, ids: readonly string[], needsCard: boolean): object {
  return {
    name,
    parameterSpace: { taskParameterDefinitions: [{ name: 'Job', type: 'STRING', range: [...ids] }] },
    // An image-to-video model wants a graphics card; the other engines want none.
    ...(needsCard ? { hostRequirements: { amounts: [{ name: 'amount.worker.gpu', min: 1 }] } } : {}),
    script: {
      actions: {
        onRun: {
          command: '{{Param.Inbetween}}',
          args: ['render-job', '{{Param.Batch}}/jobs/{{Task.Param.Job}}.json', '--out', '{{Param.Out}}', '--openjd'],
          cancelation: { mode: 'NOTIFY_THEN_TERMINATE', notifyPeriodInSeconds: NOTICE_SECONDS },
        },
      },
    },
  };
}

/** The template of these jobs. Shots that need the same pack share a step; a step has at most 1024 tasks. Throws RangeError without jobs. */
export function openJobTemplate(title: string, jobs: readonly JobSpec[]): OpenJobTemplate {
  if (jobs.length === 0) throw new RangeError('a batch has at least one job');
  const groups = new Map<string, { name: string; needsCard: boolean; ids: string[] }>();
  for (const job of jobs) {
    const needsCard = job.engine === 'diffusion';
    const key = `${queueOf(job)} ${String(needsCard)}`;
    const pack = job.pack && (plain(job.pack.name, 40) || 'a pack');
    const name = pack ? `Render with ${pack}` : needsCard ? 'Render with a model' : 'Render';
    const group = groups.get(key) ?? { name, needsCard, ids: [] };
    group.ids.push(job.id);
    groups.set(key, group);
  }
  const steps: object[] = [];
  const names = new Set<string>();
  for (const { name, needsCard, ids } of groups.values()) {
    for (let from = 0; from < ids.length; from += MOST_TASKS) {
      let unique = name;
      for (let n = 2; names.has(unique); n += 1) unique = `${plain(name, STEP_NAME - 6)} ${n}`;
      names.add(unique);
      steps.push(step(unique, ids.slice(from, from + MOST_TASKS), needsCard));
    }
  }
  const about = plain(title, JOB_NAME - 'Inbetween: '.length);
  return {
    specificationVersion: 'jobtemplate-2023-09',
    name: about === '' ? 'Inbetween' : `Inbetween: ${about}`,
    description: `${jobs.length} ${jobs.length === 1 ? 'shot, a clip' : 'shots, each a clip'} of exactly its own length.`,
    parameterDefinitions: PARAMETERS,
    steps,
  };
}
