/** What can stop a storyboard from becoming a sequence, and the one thing to do about it. */
import { InbetweenError } from '../../shared/problem';
import type { SequencePlan } from '../../shared/protocol/pages/boards';
import { formatRate } from '../../shared/shot';
import { fileName } from './paths';

const KEPT = 'The storyboard stays with the companion, and no other sequence was touched.';

const label = ({ rate, dropFrame }: Pick<SequencePlan, 'rate' | 'dropFrame'>): string =>
  `${formatRate(rate)} fps${dropFrame ? ' drop-frame' : ''}`;

export const boardsNotHere = (path: string, n: number): InbetweenError =>
  new InbetweenError({
    code: 'board-missing',
    message: `${n === 1 ? 'A board is' : `${n} boards are`} not on this machine: ${path}.`,
    safe: KEPT,
    action: 'Drop the storyboard on the companion that runs on the same machine as Premiere.',
  });

export const notMade = (plan: SequencePlan, why: string): InbetweenError =>
  new InbetweenError({
    code: 'host-transaction-failed',
    message: `Premiere did not make the sequence ${plan.name}: ${why}.`,
    safe: KEPT,
    action: `Make an empty sequence named "${plan.name}" with ${label(plan)} and ${plan.size.width} × ${plan.size.height} yourself, then try again: it will be filled.`,
    retry: true,
  });

export const otherSettings = (plan: SequencePlan, has: string): InbetweenError =>
  new InbetweenError({
    code: 'host-transaction-failed',
    message: `Premiere made the sequence ${plan.name} with ${has}; the storyboard needs ${label(plan)} and ${plan.size.width} × ${plan.size.height}.`,
    safe: KEPT,
    action: `Open it, choose Sequence > Sequence Settings, set ${label(plan)} and ${plan.size.width} × ${plan.size.height}, then try again: it will be filled.`,
    retry: true,
  });

export const occupied = (plan: SequencePlan): InbetweenError =>
  new InbetweenError({
    code: 'host-range-occupied',
    message: `There is a sequence named ${plan.name} already, with other clips on it.`,
    safe: KEPT,
    action: 'Rename that sequence in the Project panel, then try again.',
    retry: true,
  });

export const notImported = (names: readonly string[], why: string): InbetweenError =>
  new InbetweenError({
    code: 'host-import-failed',
    message: `Premiere did not import ${names.length === 1 ? names[0] : `${names.length} boards, ${names[0]} among them`}${why === '' ? '' : `: ${why}`}.`,
    safe: KEPT,
    action: 'Close any dialog that is open in Premiere, then try again.',
    retry: true,
  });

export const layoutFailed = (name: string, why: string): InbetweenError =>
  new InbetweenError({
    code: 'host-transaction-failed',
    message: `Premiere did not lay out ${name}: ${why}.`,
    safe: 'The boards are in their bin; no other sequence was touched.',
    action: 'Wait until Premiere has finished what it is doing, then try again.',
    retry: true,
  });

export const soundsNotLaid = (plan: SequencePlan, path: string, n: number): InbetweenError =>
  new InbetweenError({
    code: 'host-transaction-failed',
    message: `Premiere did not lay ${n === 1 ? fileName(path) : `${n} sounds, ${fileName(path)} among them,`} under the boards of ${plan.name}.`,
    safe: 'All boards lie on their frames; no other sequence was touched.',
    action: 'Add audio tracks to the sequence if it has fewer than its sounds need, then try again.',
    retry: true,
  });

export const laidWrong = (plan: SequencePlan, n: number, frames: number): InbetweenError => {
  const board = plan.boards[n];
  const name = fileName(board?.path ?? plan.name);
  return new InbetweenError({
    code: 'host-transaction-failed',
    message: `Premiere laid ${name} down with ${frames} frames instead of ${board?.frames ?? 0}.`,
    safe: `One Undo ("Lay out ${plan.name}") takes the boards off the new sequence; no other was touched.`,
    action: 'Trim the board to its length by hand; its marker shows where it ends.',
  });
};
