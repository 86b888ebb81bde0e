/** Reference cases: do these pipelines compute what diffusers does? */
import { readFile, stat } from 'node:fs/promises';
import { packInvalid } from '../../../inference/packs';
import type { Rgb } from '../picture/resample';
import type { OpenOptions } from '../pipelines/pipeline';
import type { Comparison } from './comparison';
import { checkPipeline } from './pipeline-case';
import { checkScheduler, zSchedulerCase, type SchedulerCase } from './scheduler-case';

export type { Comparison } from './comparison';

export interface CheckResult {
  readonly name: string;
  /** Family of the pack, or "scheduler". */
  readonly family: string;
  readonly ok: boolean;
  readonly comparisons: readonly Comparison[];
}

/**
 * Checks a pack on a case: a folder with meta.json, input.png and arrays; or, for the scheduler alone, a file of reference numbers.
 * @throws InbetweenError `pack-invalid` when pack or case cannot be used
 */
export async function checkCase(
  pack: string,
  reference: string,
  readImage: (path: string) => Promise<Rgb>,
  options: OpenOptions,
): Promise<CheckResult> {
  const facts = await stat(reference).catch((cause: unknown) => {
    throw packInvalid(`There is no case at ${reference}.`, cause);
  });
  const { family, comparisons } = facts.isFile()
    ? { family: 'scheduler', comparisons: checkScheduler(await readSchedulerCase(reference)) }
    : await checkPipeline(pack, reference, readImage, options);
  const ok = comparisons.length > 0 && comparisons.every((comparison) => comparison.ok);
  return { name: reference, family, ok, comparisons };
}

async function readSchedulerCase(file: string): Promise<SchedulerCase> {
  try {
    return zSchedulerCase.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw packInvalid(`${file} is no file of reference numbers.`, cause);
  }
}
