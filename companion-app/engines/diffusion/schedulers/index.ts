/** Schedulers by the class their configuration names. */
import { packInvalid } from '../../../inference/packs';
import { className } from './config';
import { ddim } from './ddim';
import { dpmMultistep } from './dpm-multistep';
import { eulerDiscrete } from './euler';
import { flowMatchEuler } from './flow-match-euler';
import type { PlanRun, Scheduler, ScheduleRequest } from './scheduler';
import { uniPc } from './unipc';

export { muOf } from './flow-match-euler';
export { linspace, type Scheduler, type ScheduleRequest } from './scheduler';

const CLASSES: ReadonlyMap<string, (config: unknown) => PlanRun> = new Map([
  ['DDIMScheduler', ddim],
  ['DPMSolverMultistepScheduler', dpmMultistep],
  ['EulerDiscreteScheduler', eulerDiscrete],
  ['FlowMatchEulerDiscreteScheduler', flowMatchEuler],
  ['UniPCMultistepScheduler', uniPc],
]);

/**
 * A scheduler for one run, from the parsed scheduler_config.json.
 * @throws InbetweenError `pack-invalid` naming the class or option that is not supported
 */
export function createScheduler(config: unknown, request: ScheduleRequest): Scheduler {
  const name = className(config);
  const read = CLASSES.get(name);
  if (!read) {
    const known = [...CLASSES.keys()].join(', ');
    throw packInvalid(`The scheduler "${name}" is not supported; supported are ${known}.`);
  }
  if (!Number.isInteger(request.steps) || request.steps < 1) {
    throw packInvalid(`A run needs at least one step, not ${request.steps}.`);
  }
  return read(config)(request);
}
