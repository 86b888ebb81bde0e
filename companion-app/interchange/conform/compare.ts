/** What became of a storyboard in the edit. */
import { formatRate, sameRate, type FrameRate } from '../../../shared/shot';
import type { ReadTimeline } from '../in';
import type { Storyboard } from '../storyboard';
import { panelsOf, type Panel } from './panel';
import { usesOf, type Use } from './uses';

export const CHANGES = ['kept', 'retimed', 'moved', 'moved and retimed', 'duplicated', 'added', 'deleted'] as const;
export type Change = (typeof CHANGES)[number];

/** A stretch of the edit, in its order. Frames are the edited sequence's. */
export interface Row {
  /** From 1, in the edit. */
  readonly number: number;
  readonly change: Change;
  readonly use: Use;
  /** Place in the storyboard, from 1; null for what is no board of it. */
  readonly was: number | null;
  /** Length in the storyboard, at the edit's rate. */
  readonly framesWere: number | null;
}

export interface Conformed {
  readonly title: string;
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
  /** Timecode of the sequence's first frame, in frames. */
  readonly startFrame: number;
  readonly rows: readonly Row[];
  readonly deleted: readonly Panel[];
  /** Frames without any picture before, between the rows. */
  readonly gapFrames: number;
  readonly framesWere: number;
  readonly frames: number;
  readonly warnings: readonly string[];
}

/** Members of the longest rising run of numbers: what kept its order while others moved around it. */
export function steady(numbers: readonly number[]): Set<number> {
  const ends: number[] = [];
  const before: number[] = [];
  numbers.forEach((value, i) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[i] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = i;
  });
  const kept = new Set<number>();
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) kept.add(i);
  return kept;
}

function changeOf(first: boolean, moved: boolean, retimed: boolean): Change {
  if (!first) return 'duplicated';
  return moved ? (retimed ? 'moved and retimed' : 'moved') : retimed ? 'retimed' : 'kept';
}

function rowsOf(uses: readonly Use[]): Row[] {
  const seen = new Set<Panel>();
  const firsts = uses.flatMap((use, i) => {
    if (use.panel === null || seen.has(use.panel)) return [];
    seen.add(use.panel);
    return [{ i, index: use.panel.index }];
  });
  const kept = steady(firsts.map(({ index }) => index));
  const inPlace = new Set(firsts.filter((_, k) => kept.has(k)).map(({ i }) => i));
  const first = new Set(firsts.map(({ i }) => i));
  return uses.map((use, i): Row => {
    const { panel } = use;
    if (panel === null) return { number: i + 1, change: 'added', use, was: null, framesWere: null };
    const change = changeOf(first.has(i), !inPlace.has(i), use.frames !== panel.frames);
    return { number: i + 1, change, use, was: panel.index + 1, framesWere: panel.frames };
  });
}

/** Compares an edited sequence with the storyboard it was cut from, in the sequence's own frames. Pure. */
export function conform(storyboard: Storyboard, edited: ReadTimeline): Conformed {
  const { rate } = edited;
  const panels = panelsOf(storyboard, rate);
  const uses = usesOf(edited, panels);
  const used = new Set(uses.map((use) => use.panel));
  const end = Math.max(0, ...uses.map((use) => use.start + use.frames));
  const shownFrames = uses.reduce((sum, use) => sum + use.frames, 0);
  const other = storyboard.rate && !sameRate(storyboard.rate, rate) ? storyboard.rate : null;
  const warnings = other
    ? [
        `The storyboard runs at ${formatRate(other)}, the edit at ${formatRate(rate)}; lengths are compared at the edit's rate.`,
      ]
    : [];
  if (!uses.some((use) => use.panel !== null)) warnings.push('No clip of the edit shows a board of this storyboard.');
  return {
    title: edited.name,
    rate,
    dropFrame: edited.dropFrame,
    startFrame: edited.startFrame,
    rows: rowsOf(uses),
    deleted: panels.filter((panel) => !used.has(panel)),
    gapFrames: end - shownFrames,
    framesWere: panels.reduce((sum, panel) => sum + panel.frames, 0),
    frames: end,
    warnings: [...edited.warnings, ...warnings],
  };
}
