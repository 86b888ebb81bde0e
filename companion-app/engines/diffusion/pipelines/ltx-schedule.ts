/** Noise levels that LTX-Video's checkpoints were made for, by name. */
import { basename } from 'node:path';
import { z } from 'zod';
import { packInvalid, type Pack } from '../../../inference/packs';
import { linspace } from '../schedulers';

export const LTX_SCHEDULES = ['even', 'linear-quadratic', 'distilled'] as const;
export type LtxSchedule = (typeof LTX_SCHEDULES)[number];

/** Levels the distilled checkpoints were taught, before the last one, 0. Source: LTX-Video's configs/*-distilled.yaml. */
export const DISTILLED: readonly number[] = [1, 0.9937, 0.9875, 0.9812, 0.975, 0.9094, 0.725];

/** Part of the noise that the first, linear half takes away. */
const THRESHOLD = 0.025;

/** Small even steps while there is most noise, then ever larger ones. Source: diffusers' linear_quadratic_schedule (LTX-Video). */
export function linearQuadratic(steps: number): number[] {
  if (steps < 2) return [1];
  const linear = Math.floor(steps / 2);
  const quadratic = steps - linear;
  const rest = linear - THRESHOLD * steps;
  const square = rest / (linear * quadratic ** 2);
  const slope = THRESHOLD / linear - (2 * rest) / quadratic ** 2;
  return Array.from({ length: steps }, (_, i) => {
    const gone = i < linear ? (i * THRESHOLD) / linear : square * i * i + slope * i + square * linear ** 2;
    return 1 - gone;
  });
}

/** Levels of a run, without the last one, 0. */
export function ltxLevels(schedule: LtxSchedule, steps: number): readonly number[] {
  if (schedule === 'distilled') return DISTILLED;
  return schedule === 'linear-quadratic' ? linearQuadratic(steps) : linspace(1, 1 / steps, steps);
}

const zNamed = z.looseObject({
  inbetween_schedule: z.enum(LTX_SCHEDULES).optional(),
  _name_or_path: z.string().optional(),
});

/**
 * The schedule of a pack: what its model_index.json names (`inbetween_schedule`), else what its name says ("…distilled…"),
 * else that of its pipeline's class.
 * @throws InbetweenError `pack-invalid` for a name that is not known
 */
export function ltxScheduleOf(pack: Pack): LtxSchedule {
  const read = zNamed.safeParse(pack.index);
  if (!read.success) {
    const known = LTX_SCHEDULES.join(', ');
    throw packInvalid(`model_index.json: "inbetween_schedule" must be one of ${known}.`, read.error);
  }
  const { inbetween_schedule: named, _name_or_path: origin = '' } = read.data;
  if (named) return named;
  if (/distilled/i.test(origin) || /distilled/i.test(basename(pack.folder))) return 'distilled';
  return pack.className === 'LTXConditionPipeline' ? 'linear-quadratic' : 'even';
}

const zDynamic = z.looseObject({ use_dynamic_shifting: z.literal(true) });

/**
 * A scheduler's configuration for named levels: they are meant as they are, and not to be moved by the length of the clip. A fixed
 * shift belongs to the model and stays.
 */
export function unshifted(config: unknown): unknown {
  const dynamic = zDynamic.safeParse(config);
  return dynamic.success ? { ...dynamic.data, use_dynamic_shifting: false, shift: 1, shift_terminal: null } : config;
}
