/** A full take that is to have a preview first: two jobs of one shot, the second replacing the first on the timeline. Pure. */
import { createHash } from 'node:crypto';
import type { JobSpec } from '../../../shared/protocol';

/** The id of the preview that the companion itself makes of a job: the same whenever it is asked for. */
export function previewIdOf(jobId: string): string {
  return `pv-${createHash('sha256').update(jobId).digest('hex').slice(0, 32)}`;
}

/** The spec as it was submitted: without the preview that the companion put before it. */
export function asSubmitted(spec: JobSpec): JobSpec {
  const { replaces, ...rest } = spec;
  return replaces === undefined || replaces === previewIdOf(spec.id) ? rest : spec;
}

/** A preview, then the full take that replaces it; the spec alone where it is a preview itself or replaces one already. */
export function withPreview(spec: JobSpec): JobSpec[] {
  if (spec.quality === 'preview' || spec.replaces !== undefined) return [spec];
  const id = previewIdOf(spec.id);
  return [
    { ...spec, id, quality: 'preview' },
    { ...spec, replaces: id },
  ];
}
