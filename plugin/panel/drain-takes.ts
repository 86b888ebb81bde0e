/** Takes come home: whatever is rendered is fetched, placed above its board, read back, and only then called placed. One at a time. */
import { InbetweenError, toProblem, type Problem } from '../../shared/problem';
import type { JobRow } from '../../shared/protocol';
import type { PlaceOutcome, PlaceRequest, PremiereHost } from '../premiere/host';
import type { Companion } from './ports';

/** What the panel shows of a take that came home, or could not. */
export interface Homecoming {
  readonly jobId: string;
  readonly shotName: string;
  readonly outcome?: PlaceOutcome;
  /** Why it waits. It is tried again when the host changes, or when a person asks. */
  readonly problem?: Problem;
}

export interface DrainParts {
  readonly host: PremiereHost;
  readonly companion: Companion;
  readonly tell: (homecoming: Homecoming) => void;
}

/** Troubles that end by themselves when the artist opens the right project again. */
const WAITS_FOR_HOST = new Set(['host-sequence-gone', 'host-project-changed', 'host-unavailable']);

/** Where a finished take belongs, off its job. Throws not-found where it has no clip. */
function placeRequest({ spec, take }: JobRow): PlaceRequest {
  if (!take)
    throw new InbetweenError({
      code: 'not-found',
      message: `The companion has no clip for ${spec.shot.name}.`,
      action: 'Animate the shot again.',
    });
  return {
    projectId: spec.sequence.projectId,
    sequenceId: spec.sequence.sequenceId,
    jobId: spec.id,
    path: take.path,
    shotName: spec.shot.name,
    take: spec.take,
    startFrame: spec.shot.startFrame,
    frames: spec.shot.frames,
    trackAbove: spec.sequence.trackAbove ?? 0,
    rate: spec.shot.rate,
    boards: spec.shot.boards.map((board) => board.name),
    ...(spec.handles ? { handles: spec.handles } : {}),
    ...(spec.replaces === undefined ? {} : { replaces: spec.replaces }),
  };
}

/** Places a finished take, its clip brought to this machine first where it is elsewhere. */
export async function placeHere(
  { host, companion }: Pick<DrainParts, 'host' | 'companion'>,
  row: JobRow,
): Promise<PlaceOutcome> {
  const request = placeRequest(row);
  const path = row.take && companion.clipHere ? await companion.clipHere(row.spec.id, row.take) : request.path;
  return host.placeTake({ ...request, path });
}

async function place(parts: DrainParts, row: JobRow): Promise<Homecoming> {
  const { spec } = row;
  const about = { jobId: spec.id, shotName: spec.shot.name };
  try {
    const delivered = row.state === 'rendered' ? await parts.companion.deliver(spec.id) : row;
    const outcome = await placeHere(parts, delivered);
    if (outcome.status !== 'kept-in-bin') await parts.companion.placed(spec.id, outcome.placement);
    return { ...about, outcome, ...(outcome.status === 'kept-in-bin' ? { problem: outcome.problem } : {}) };
  } catch (error) {
    return { ...about, problem: toProblem(error) };
  }
}

/** A rendered take waits in the companion until it is placed; this places whatever can be placed now. */
export class TakeDrain {
  private running: Promise<void> | null = null;
  private again = false;
  /** Takes that wait for something to change, and the code of what stopped them. */
  private readonly waiting = new Map<string, string>();

  constructor(private readonly parts: DrainParts) {}

  /** Places all rendered takes, one at a time. Called again while at work, it looks once more when done. Never rejects. */
  drain(): Promise<void> {
    this.again = true;
    this.running ??= this.work().finally(() => {
      this.running = null;
      if (this.again) void this.drain();
    });
    return this.running;
  }

  /** A person asked: every take that waited is tried again. */
  retry(): Promise<void> {
    this.waiting.clear();
    return this.drain();
  }

  /** Another project or sequence came to the front: takes that waited for theirs are tried again, the others are not. */
  hostChanged(): Promise<void> {
    for (const [jobId, code] of this.waiting) if (WAITS_FOR_HOST.has(code)) this.waiting.delete(jobId);
    return this.drain();
  }

  /** A preview whose take is there already has nothing to stand in for. */
  private async giveUp(jobId: string): Promise<void> {
    try {
      await this.parts.companion.cancel([jobId]);
    } catch {
      // The companion is away: the next drain looks again.
    }
  }

  private async work(): Promise<void> {
    while (this.again) {
      this.again = false;
      let rows: readonly JobRow[];
      try {
        rows = await this.parts.companion.list({ states: ['rendered', 'delivered'] });
      } catch {
        // The companion is away. The link reconnects and its events start the next drain.
        return;
      }
      const overtaken = new Set(rows.flatMap((row) => row.spec.replaces ?? []));
      for (const row of rows) {
        if (this.waiting.has(row.spec.id)) continue;
        if (overtaken.has(row.spec.id)) {
          await this.giveUp(row.spec.id);
          continue;
        }
        const home = await place(this.parts, row);
        if (home.problem) this.waiting.set(row.spec.id, home.problem.code);
        this.parts.tell(home);
      }
    }
  }
}
