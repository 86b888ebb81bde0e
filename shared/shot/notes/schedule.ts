/** Settles when each move happens: what the note states stays, the rest of the shot is shared out. */
import type { Draft } from './drafts';
import type { ShotClock } from './quantity';

/** Half-open frame range within the shot. */
export interface Slot {
  readonly from: number;
  readonly to: number;
}

/** Moves that happen together, and how much of the shot they want. */
interface Step {
  readonly drafts: Draft[];
  from: number | undefined;
  to: number | undefined;
  length: number | undefined;
  weight: number;
}

/** Runs over the whole shot beside the others unless the note says otherwise. */
const isMode = (draft: Draft): boolean =>
  (draft.kind === 'handheld' || draft.kind === 'shake') && draft.time === undefined;

const isHold = (draft: Draft): boolean => draft.kind === 'hold';

/** Frames of a move that is over at once: a third of a second, six frames at least. */
export function snapLength(clock: ShotClock): number {
  return Math.max(6, Math.round(clock.rate.num / clock.rate.den / 3));
}

/** A slot for each draft, in the same order; undefined for one that lies wholly outside the shot. */
export function schedule(drafts: readonly Draft[], clock: ShotClock): (Slot | undefined)[] {
  if (clock.frames <= 0) return drafts.map(() => ({ from: 0, to: 0 }));
  const moving = drafts.filter((draft) => !isHold(draft) && draft.kind !== 'static');
  const overlaid = new Set(
    drafts.filter(
      (draft) =>
        isMode(draft) && (moving.length > 1 || drafts.length === 1) && !(draft.link === 'seq' && spelled(draft)),
    ),
  );
  const steps = group(
    drafts.filter((draft) => !overlaid.has(draft)),
    clock,
  );
  const slots = new Map<Draft, Slot | undefined>();
  for (const draft of overlaid) slots.set(draft, { from: 0, to: clock.frames });
  const bounds = settle(steps, clock.frames);
  for (const [i, step] of steps.entries()) {
    const bound = bounds[i] ?? { from: 0, to: clock.frames };
    for (const draft of step.drafts) slots.set(draft, within(own(draft, bound, clock), clock.frames));
  }
  return drafts.map((draft) => slots.get(draft));
}

const spelled = (draft: Draft): boolean => draft.parts.length > 4;

/** Draft order turned into steps; "after" and "before" swap neighbours. */
function group(drafts: readonly Draft[], clock: ShotClock): Step[] {
  const steps: Step[] = [];
  for (const draft of drafts) {
    const last = steps.at(-1);
    const together =
      draft.link === 'sim' &&
      last !== undefined &&
      !isHold(draft) &&
      draft.kind !== 'static' &&
      !last.drafts.every(isHold);
    if (together) {
      last.drafts.push(draft);
      Object.assign(last, wants(last.drafts, clock));
      continue;
    }
    const step: Step = { drafts: [draft], ...wants([draft], clock) };
    if (draft.link === 'after' && last) steps.splice(steps.length - 1, 0, step);
    else steps.push(step);
  }
  return steps;
}

function wants(drafts: readonly Draft[], clock: ShotClock): Omit<Step, 'drafts'> {
  const pick = (values: (number | undefined)[], choose: (...n: number[]) => number): number | undefined => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? undefined : choose(...known);
  };
  const timed = drafts.every((draft) => draft.time === undefined) ? [] : drafts;
  return {
    from: pick(
      timed.map((draft) => draft.time?.from),
      Math.min,
    ),
    to: pick(
      timed.map((draft) => (draft.time?.to !== undefined ? draft.time.to : undefined)),
      Math.max,
    ),
    length: pick(
      drafts.map((draft) => lengthOf(draft, clock)),
      Math.max,
    ),
    weight: Math.max(...drafts.map(weightOf)),
  };
}

function lengthOf(draft: Draft, clock: ShotClock): number | undefined {
  if (draft.time?.length !== undefined) return draft.time.length;
  if (draft.time?.from !== undefined && draft.time.to !== undefined) return draft.time.to - draft.time.from;
  const fps = clock.rate.num / clock.rate.den;
  if (draft.bare !== undefined) return draft.bare >= 5 ? draft.bare : draft.bare * fps;
  if (draft.head.pace === 'snap' && !isHold(draft)) return snapLength(clock);
  if (isHold(draft) && draft.head.shy === true && draft.time === undefined) return Math.min(fps / 2, clock.frames / 3);
  return undefined;
}

function weightOf(draft: Draft): number {
  if (isHold(draft)) return draft.extent === 'large' ? 1 : draft.extent === 'small' ? 0.25 : 0.5;
  if (draft.pace === 'snap') return 0.35;
  if (draft.pace === 'fast') return 0.6;
  return draft.pace === 'slow' ? 1.4 : 1;
}

/** Start and end of every step: fixed points first, then the gaps shared by length and weight. */
function settle(steps: readonly Step[], frames: number): Slot[] {
  const starts: (number | undefined)[] = steps.map(
    (step) => step.from ?? (step.to !== undefined && step.length !== undefined ? step.to - step.length : undefined),
  );
  const ends: (number | undefined)[] = steps.map((step, i) => {
    if (step.to !== undefined) return step.to;
    const start = starts[i];
    return start !== undefined && step.length !== undefined ? start + step.length : undefined;
  });
  const slots: Slot[] = [];
  let at = 0;
  for (let i = 0; i < steps.length;) {
    const fixedStart = starts[i];
    const fixedEnd = ends[i];
    if (fixedStart !== undefined && fixedEnd !== undefined) {
      slots.push({ from: fixedStart, to: fixedEnd });
      at = fixedEnd;
      i += 1;
      continue;
    }
    // A run of steps up to the next known point.
    let j = i;
    while (j < steps.length && ends[j] === undefined && (j + 1 >= steps.length || starts[j + 1] === undefined)) j += 1;
    const last = Math.min(j, steps.length - 1);
    const from = fixedStart ?? at;
    const to = ends[last] ?? (last + 1 < steps.length ? starts[last + 1] : undefined) ?? frames;
    const run = steps.slice(i, last + 1);
    slots.push(...share(run, from, Math.max(to, from)));
    at = slots.at(-1)?.to ?? at;
    i = last + 1;
  }
  return slots;
}

/** Shares [from, to) out: stated lengths first (shrunk if they do not fit), the rest by weight. */
function share(steps: readonly Step[], from: number, to: number): Slot[] {
  const room = to - from;
  const fixed = steps.reduce((sum, step) => sum + (step.length ?? 0), 0);
  const open = steps.filter((step) => step.length === undefined);
  const weights = open.reduce((sum, step) => sum + step.weight, 0);
  const least = open.length === 0 ? 0 : Math.min(room, room * 0.2);
  const squeeze = fixed > room - least && fixed > 0 ? Math.max(0, room - least) / fixed : 1;
  const rest = Math.max(0, room - fixed * squeeze);
  let at = from;
  return steps.map((step) => {
    const length = step.length === undefined ? (rest * step.weight) / weights : step.length * squeeze;
    const slot = { from: at, to: at + length };
    at += length;
    return slot;
  });
}

/** A draft's own times inside its step. */
function own(draft: Draft, step: Slot, clock: ShotClock): Slot {
  const time = draft.time;
  if (time?.from !== undefined && time.to !== undefined) return { from: time.from, to: time.to };
  const length = lengthOf(draft, clock);
  if (time?.from !== undefined)
    return { from: time.from, to: length === undefined ? Math.max(step.to, time.from + 1) : time.from + length };
  if (time?.to !== undefined)
    return { from: length === undefined ? Math.min(step.from, time.to - 1) : time.to - length, to: time.to };
  return length === undefined ? step : { from: step.from, to: Math.min(step.to, step.from + length) };
}

/** Whole frames inside the shot, one at least; undefined when nothing of it lies inside. */
function within(slot: Slot, frames: number): Slot | undefined {
  const from = Math.round(slot.from);
  const to = Math.round(slot.to);
  if (from >= frames || (to <= 0 && from < 0)) return undefined;
  const first = Math.max(0, Math.min(from, frames - 1));
  return { from: first, to: Math.min(frames, Math.max(to, first + 1)) };
}
