/** Clauses to move drafts: which move, how sure, with every modifier that belongs to it. Times are not settled yet. */
import type { Ease, MoveKind } from '../camera-move';
import type { Clause, Link } from './clauses';
import { FAMILIES, type Reading } from './families';
import { fits } from './following';
import { actorOf, trust, type Actor } from './guards';
import { has, headOf, isUnknown, sense } from './items';
import type { AmountSpec, Part, TimeSpec } from './parts';
import type { Direction, Family, HeadSense, Pace } from './senses';

export interface Draft {
  kind: MoveKind;
  family: Family;
  /** Which way, in the family's words; focus: near or far. */
  dir?: Direction | undefined;
  sure: number;
  /** How it joins the draft before it. */
  link: Link;
  clause: number;
  /** Parts it was read from, in text order. */
  parts: Part[];
  time?: TimeSpec;
  amount?: AmountSpec;
  ease?: Ease;
  pace?: Pace;
  extent?: 'small' | 'large';
  subject?: { start: number; end: number };
  /** "hold 12": a number that only this word makes a time. */
  bare?: number;
  head: HeadSense;
}

export interface ClauseReading {
  readonly drafts: Draft[];
  readonly actor: Actor;
  /** Camera words that were refused by a guard. */
  readonly doubted: readonly Part[];
}

const NEAR_ONLY = 3;

/** Reads one clause. `carried`: who acted in the clause before within the sentence. */
export function readClause(clause: Clause, index: number, carried: Actor | undefined): ClauseReading {
  const drafts: Draft[] = [];
  const doubted: Part[] = [];
  const taken = new Set<number>();
  const { parts } = clause;
  let actor: Actor = parts.some((part) => has(part, 'camera', 'we')) ? 'camera' : 'nobody';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (!part || taken.has(i)) continue;
    const head = bestHead(clause, i, carried);
    if (!head) {
      if (headOf(part) && !headOf(part)?.shy) doubted.push(part);
      continue;
    }
    const found = direct(clause, i, head, taken);
    const who = actorOf(clause, i, head.form);
    if (
      purpose(parts, i, head, drafts) ||
      (who.actor === 'noun' && head.thing === true && head.family !== 'handheld' && found.dir === undefined)
    ) {
      continue;
    }
    const camera = who.actor === 'camera' || carried === 'camera';
    const fit = fits(head, {
      parts,
      at: i,
      last: found.last,
      dir: found.dir,
      camera,
      named: who.article || sense(parts[i - 1], 'pace') !== undefined,
    });
    const sure =
      fit * trust(clause, i, head, carried) * found.reading.sure * (head.sure ?? 1) * (part.mended ? 0.85 : 1);
    if (sure < 0.25) {
      doubted.push(part);
      continue;
    }
    taken.add(i);
    for (const k of found.used) taken.add(k);
    const own = [part, ...found.used.map((k) => parts[k]).filter((p) => p !== undefined)];
    drafts.push(
      draft(found.reading, head, found.dir, sure, {
        clause: index,
        link: drafts.length === 0 ? clause.link : innerLink(parts, drafts, i),
        parts: own,
      }),
    );
    for (const more of found.more) {
      const reading = turn(head, more.dir);
      const extra = parts[more.at];
      if (!reading || !extra) continue;
      taken.add(more.at);
      drafts.push(draft(reading, head, more.dir, sure * 0.95, { clause: index, link: more.link, parts: [extra] }));
    }
  }
  if (drafts.some(({ head }) => head.risk === 'none')) actor = 'camera';
  if (actor === 'nobody' && drafts.length === 0) {
    const acts = (head: HeadSense | undefined): boolean => head?.risk === 'camera' && head.form === 's';
    if (parts.some((part) => has(part, 'person') || acts(headOf(part)))) actor = 'character';
    else if (
      parts.some((part) => isUnknown(part)) &&
      !parts.every((part) => isUnknown(part) && part.text.endsWith('ly'))
    )
      actor = 'character';
  }
  return { drafts, actor, doubted };
}

/** "pans right to follow her", "pans L to R following the bus": why the move is made, not another move. */
function purpose(parts: readonly Part[], at: number, head: HeadSense, drafts: readonly Draft[]): boolean {
  if (head.family !== 'follow' || drafts.length === 0) return false;
  const before = parts[at - 1];
  return has(before, 'to') || (head.form === 'ing' && !has(before, 'sim', 'and'));
}

function draft(
  reading: Reading,
  head: HeadSense,
  dir: Direction | undefined,
  sure: number,
  rest: Pick<Draft, 'clause' | 'link' | 'parts'>,
): Draft {
  const made: Draft = { kind: reading.kind, family: head.family, sure, head, dir, ...rest };
  if (head.pace !== undefined) made.pace = head.pace;
  if (head.ease !== undefined) made.ease = head.ease;
  if (head.degrees !== undefined) made.amount = { unit: 'degrees', value: head.degrees, mode: 'by' };
  return made;
}

/** Two moves in one clause: "pan and tilt" together, "pan left tilt up" one after the other. */
function innerLink(parts: readonly Part[], drafts: readonly Draft[], at: number): Link {
  const last = drafts.at(-1)?.parts.at(-1);
  const from = last ? parts.indexOf(last) : 0;
  return parts.slice(from, at).some((part) => has(part, 'sim', 'and')) ? 'sim' : 'seq';
}

function bestHead(clause: Clause, at: number, carried: Actor | undefined): HeadSense | undefined {
  const heads = clause.parts[at]?.senses.filter((s): s is HeadSense => s.t === 'head') ?? [];
  return heads.find((head) => trust(clause, at, head, carried) > 0);
}

export function turn(head: Pick<HeadSense, 'family'>, dir: Direction): Reading | undefined {
  return FAMILIES[head.family].turns[dir];
}

interface Directed {
  readonly reading: Reading;
  readonly dir: Direction | undefined;
  readonly last: number;
  readonly used: readonly number[];
  readonly more: readonly { readonly at: number; readonly dir: Direction; readonly link: Link }[];
}

/** Finds the word's direction: to its right as far as the next camera word, else to its left. */
function direct(clause: Clause, at: number, head: HeadSense, taken: ReadonlySet<number>): Directed {
  const { parts } = clause;
  const fallback = FAMILIES[head.family].alone ?? { kind: 'static', sure: 0 };
  const base: Reading = head.kind === undefined ? fallback : { kind: head.kind, sure: 0.95 };
  if (head.kind !== undefined) return { reading: base, dir: undefined, last: at, used: [], more: [] };
  const right = lookRight(parts, at, head);
  if (right) return { ...right, more: alsoTo(parts, right.last, head) };
  for (let i = at - 1; i >= Math.max(0, at - 6); i--) {
    const part = parts[i];
    if (!part || taken.has(i) || (headOf(part) && !sense(part, 'dir'))) break;
    const dir = sense(part, 'dir');
    const reading = dir && turn(head, dir.dir);
    if (dir && reading && (dir.near !== true || (i === at - 1 && /(ward|wards|reverse)$/.test(part.text))))
      return { reading, dir: dir.dir, last: at, used: [i], more: [] };
    if (isUnknown(part) && !/[^\u0000-\u024f]/.test(part.text)) break;
  }
  return { reading: base, dir: undefined, last: at, used: [], more: [] };
}

interface Turned {
  readonly reading: Reading;
  readonly dir: Direction;
  readonly last: number;
  readonly used: readonly number[];
}

/** Families whose "past", "with" and "around" leave the side open: a later "to the left" still settles it. */
const OPEN_SIDED: ReadonlySet<Family> = new Set(['pan', 'whip', 'truck', 'orbit', 'follow', 'move']);

function lookRight(parts: readonly Part[], at: number, head: HeadSense): Turned | undefined {
  let adverbs = true;
  let open: Turned | undefined;
  for (let i = at + 1; i < parts.length; i++) {
    const part = parts[i];
    if (!part) break;
    const found = turnAt(parts, i, head, adverbs && i - at <= NEAR_ONLY);
    if (found) {
      const side = found.dir === 'left' || found.dir === 'right';
      if (open && side) return { ...found, used: [...open.used, i] };
      if (!open && (!OPEN_SIDED.has(head.family) || (found.dir !== 'past' && found.dir !== 'around'))) return found;
      open ??= found;
    }
    if (headOf(part) && headOf(part)?.shy !== true) break;
    if (isUnknown(part) && !part.text.endsWith('ly')) adverbs = false;
    const preposition = has(part, 'over', 'on', 'to') && !sense(part, 'dir') && part.time === undefined;
    if (has(part, 'poss', 'person') || preposition) adverbs = false;
  }
  return open;
}

const STRESSED: ReadonlySet<Direction> = new Set(['in', 'out', 'back', 'up', 'down']);

/** "Pans off the sign down to the street": words between these and where they go are what is passed. */
const VERTICAL: ReadonlySet<Family> = new Set(['pan', 'tilt', 'whip']);

/** The direction one part gives this word. "right" before "in" or "back" only stresses it ("pull right back"). */
function turnAt(parts: readonly Part[], i: number, head: HeadSense, near: boolean): Turned | undefined {
  const part = parts[i];
  const dir = part?.senses.filter((s) => s.t === 'dir').find((s) => turn(head, s.dir) !== undefined);
  const lands = VERTICAL.has(head.family) && (dir?.dir === 'up' || dir?.dir === 'down') && has(parts[i + 1], 'to');
  if (!dir || (dir.near === true && !near && !lands)) return undefined;
  if (part?.text === 'right' && STRESSED.has(sense(parts[i + 1], 'dir')?.dir ?? 'right')) return undefined;
  const reading = turn(head, dir.dir);
  return reading && { reading, dir: dir.dir, last: i, used: [i] };
}

const OPPOSITE = new Set(['left right', 'right left', 'up down', 'down up', 'in out', 'out in', 'in back']);

/** "pan left and up", "tilt up then down", "truck L / R / L" within one clause. */
function alsoTo(parts: readonly Part[], last: number, head: HeadSense): { at: number; dir: Direction; link: Link }[] {
  const more: { at: number; dir: Direction; link: Link }[] = [];
  for (let at = last + 2; ; at += 2) {
    const [joint, next] = [parts[at - 1], parts[at]];
    const dir = sense(next, 'dir')?.dir;
    if (!joint || !next || !(has(joint, 'and') || joint.text === '/')) return more;
    if (!dir || dir === 'past' || dir === 'around' || !turn(head, dir) || headOf(next)) return more;
    const first = sense(parts[at - 2], 'dir')?.dir ?? '';
    more.push({ at, dir, link: OPPOSITE.has(`${first} ${dir}`) ? 'seq' : 'sim' });
  }
}
