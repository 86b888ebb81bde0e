/** From a storyboard that was read to jobs in the queue: boards onto the shelf, one job a shot. */
import { copyFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError, toProblem, type Problem } from '../../../../shared/problem';
import type { JobSpec } from '../../../../shared/protocol';
import { sha256OfFile } from '../../../queue/files';
import { specOfShot } from '../../animate/spec-of-shot';
import type { PageParts } from '../parts';
import type { ReadShot, StoryboardRead } from './reading';

type Parts = Pick<PageParts, 'queue' | 'shelf' | 'layout' | 'config'>;

export interface Queued {
  readonly submitted: number;
  readonly known: number;
  readonly refused: { readonly shot: string; readonly problem: Problem }[];
}

const changed = (name: string): InbetweenError =>
  new InbetweenError({
    code: 'board-missing',
    message: `The board ${name} is no longer as it was read.`,
    safe: 'The other shots go on.',
    action: 'Drop the storyboard again.',
  });

/** Puts a shot's boards where the render process finds them, each checked on its way. */
async function shelve({ boards }: ReadShot, folder: string, { shelf, layout }: Parts): Promise<void> {
  for (const { sha256, file, n, name } of boards) {
    if ((await shelf.pathOf(sha256)) !== null) continue;
    // In the storyboard's own folder, on the same disk: the board appears under its final name whole.
    const copy = path.join(folder, `shelving-${n}`);
    try {
      await copyFile(file, copy).catch(() => {
        throw changed(name);
      });
      if ((await sha256OfFile(copy)) !== sha256) throw changed(name);
      await rename(copy, path.join(layout.boards, sha256));
    } finally {
      await rm(copy, { force: true });
    }
  }
}

/** How it is to be made: the engine, and the words for one that reads any. */
export type StoryboardWish = Pick<JobSpec, 'engine' | 'styleLine' | 'negative'>;

/** Submits every shot that can be made. The same storyboard made the same way again is the same jobs; made another way, new takes. */
export async function animateStoryboard(
  read: StoryboardRead,
  folder: string,
  parts: Parts,
  { engine, ...model }: StoryboardWish,
): Promise<Queued> {
  const refused: { shot: string; problem: Problem }[] = [];
  const specs: JobSpec[] = [];
  const wish = {
    title: read.name,
    engine,
    model,
    codec: 'prores-proxy',
    seed: 1,
    version: parts.config.version,
  } as const;
  const asTake = asTakes(read.name, parts);
  for (const each of read.shots) {
    if (!each.shot) {
      if (each.problem) refused.push({ shot: each.name, problem: each.problem });
      continue;
    }
    try {
      await shelve(each, folder, parts);
      specs.push(asTake(specOfShot(each.shot, wish)));
    } catch (error) {
      refused.push({ shot: each.name, problem: toProblem(error, 'board-missing') });
    }
  }
  const { jobs } = await parts.queue.submit(specs);
  for (const [i, { problem }] of jobs.entries())
    if (problem) refused.push({ shot: specs[i]?.shot.name ?? '', problem });
  const taken = jobs.filter(({ problem }) => !problem);
  const known = taken.filter((job) => job.known).length;
  return { submitted: taken.length - known, known, refused };
}

/** More than a sequence has. */
const MOST_JOBS = 100_000;

/** Jobs as they are known, others as the next takes of their shots. */
function asTakes(title: string, { queue }: Parts): (spec: JobSpec) => JobSpec {
  const last = new Map<string, number>();
  for (const { spec } of queue.list({ sequenceId: title, limit: MOST_JOBS }).jobs)
    last.set(spec.shot.id, Math.max(spec.take, last.get(spec.shot.id) ?? 0));
  return (spec) => queue.find(spec.id)?.spec ?? { ...spec, take: (last.get(spec.shot.id) ?? 0) + 1 };
}
