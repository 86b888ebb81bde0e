/** Lays a take above its board: one Undo step, on nobody's clip, once. */
import type { PremiereApi } from './api';
import { bind } from './bind';
import { confirm, undoName, type Attempt } from './confirm-placement';
import { showForgottenTakes } from './hide-takes';
import type { HostDependencies, PlaceOutcome, PlaceRequest } from './host';
import { importTake, markHandles } from './import-take';
import { readLedger, remember, storeLedger } from './ledger';
import { transact, type TransactionResult } from './lock';
import { overlaps } from './own-takes';
import { fileName } from './paths';
import { alreadyThere, decide, superseded, type Plan } from './plan-placement';
import { rangeOccupied } from './problems';
import { scanSequence, type SequenceScan } from './read-shots';
import { steadily } from './steady';
import { frameTime, ticksOf } from './ticks';
import { clipHandles, readLayout } from './tracks';

/** A timeline that changes between reading and locking is read again this often. */
const TRIES = 4;
/** Milliseconds before looking again. */
const SETTLE = 100;

/** True, asked inside the lock, while every track holds as many clips as were read. */
function unchangedSince(ppro: PremiereApi, scan: SequenceScan): () => boolean {
  return () => scan.tracks.every(({ track, clips }) => clipHandles(ppro, track).length === clips.length);
}

/** Looks at the chosen track once more, last before the lock: a clip that the artist just moved there stops the edit. */
async function stillFree(
  ppro: PremiereApi,
  { scan, choice, start, end }: Plan,
  request: PlaceRequest,
): Promise<boolean> {
  const lane = scan.tracks.find(({ index }) => index === choice.index);
  if (!lane) return true;
  const spans = await Promise.all(
    clipHandles(ppro, lane.track).map(async (item) => {
      const [from, to] = await Promise.all([item.getStartTime(), item.getEndTime()]);
      return { start: ticksOf(from), end: ticksOf(to) };
    }),
  );
  const covering = spans.filter((span) => overlaps(span, start, end));
  // Only the take that is to be replaced may lie there, over exactly this range.
  const replaced = superseded(scan, request, start, end)?.index === choice.index ? 1 : 0;
  return covering.length <= replaced && covering.every((span) => span.start === start && span.end === end);
}

async function execute(ppro: PremiereApi, plan: Plan, request: PlaceRequest): Promise<TransactionResult> {
  const { bound, scan, item, choice } = plan;
  const { ledger, properties } = await readLedger(ppro, bound.sequence);
  const entry = { jobId: request.jobId, shot: request.shotName, take: request.take, file: fileName(request.path) };
  // What lies there is written down again, so that a lost ledger mends itself.
  const ledgerNow = remember(ledger, [...scan.takes.map((take) => take.entry), entry]);
  const editor = ppro.SequenceEditor.getEditor(bound.sequence);
  const time = frameTime(ppro, plan.startFrame, scan.setup.rate);
  if (!(await stillFree(ppro, plan, request)))
    return { done: false, why: 'changed', message: 'another clip was put there' };
  return transact(bound.project, {
    undoName: undoName(request),
    unchanged: unchangedSince(ppro, scan),
    actions: [
      () =>
        choice.how === 'new'
          ? editor.createInsertProjectItemAction(item, time, choice.index, 0, true)
          : editor.createOverwriteItemAction(item, time, choice.index, 0),
      ...plan.older.map(
        ({ clip }) =>
          () =>
            clip.item.createSetDisabledAction(true),
      ),
    ],
    optional: storeLedger(ppro, properties, ledgerNow),
  });
}

async function attempt(
  ppro: PremiereApi,
  request: PlaceRequest,
): Promise<Attempt | { readonly outcome: PlaceOutcome }> {
  const decision = await decide(ppro, request);
  if ('outcome' in decision) return decision;
  const { plan } = decision;
  const before = plan.choice.how === 'new' ? await readLayout(ppro, plan.bound.sequence) : [];
  return { plan, before, result: await execute(ppro, plan, request) };
}

/** A reading that an edit ran through can be half old, half new: bad news is believed when a second one brings it too. */
async function confirmTwice(
  ppro: PremiereApi,
  deps: HostDependencies,
  made: Attempt,
  request: PlaceRequest,
): Promise<PlaceOutcome> {
  const look = (): Promise<PlaceOutcome> =>
    steadily(deps.wait, 'read the timeline', () => confirm(ppro, made, request));
  try {
    return await look();
  } catch {
    await deps.wait(SETTLE);
    return look();
  }
}

async function layOnTimeline(ppro: PremiereApi, deps: HostDependencies, request: PlaceRequest): Promise<PlaceOutcome> {
  let kept = false;
  for (let tries = 1; ; tries += 1) {
    const made = await steadily(deps.wait, 'read the timeline', () => attempt(ppro, request));
    if ('outcome' in made) {
      if (made.outcome.status !== 'kept-in-bin' || kept) return made.outcome;
      kept = true;
    } else {
      const { result } = made;
      const again = !result.done && (result.why === 'changed' || result.why === 'threw');
      if (!again || tries >= TRIES) {
        if (!result.done && result.why === 'changed') throw rangeOccupied(request.shotName);
        return confirmTwice(ppro, deps, made, request);
      }
    }
    await deps.wait(SETTLE);
  }
}

/**
 * Imports and places a take. Idempotent: whatever an earlier, interrupted try has done already is found and not done
 * again. Throws an InbetweenError with a host-* code where nothing was placed.
 */
export async function placeTake(
  ppro: PremiereApi,
  deps: HostDependencies,
  request: PlaceRequest,
): Promise<PlaceOutcome> {
  await showForgottenTakes(ppro, deps, request);
  const there = await steadily(deps.wait, 'read the timeline', async () => {
    const bound = await bind(ppro, request);
    return alreadyThere(await scanSequence(ppro, bound), request);
  });
  if (there) return there;
  await importTake(ppro, deps, request);
  await markHandles(ppro, deps, request);
  return layOnTimeline(ppro, deps, request);
}
