/** What facts say of the job they are about. */
import type { About, JobRow } from '../../shared/protocol';

/** The job as it is now, in a fact's few words. */
export function aboutJob({ spec, take }: Pick<JobRow, 'spec' | 'take'>): About {
  return {
    sequenceId: spec.sequence.sequenceId,
    sequence: spec.sequence.name,
    shot: spec.shot.name,
    engine: take?.engine ?? spec.engine,
    ...(spec.pack && { pack: spec.pack.name }),
    quality: spec.quality,
    take: spec.take,
    frames: spec.shot.frames,
    rate: spec.shot.rate,
  };
}
