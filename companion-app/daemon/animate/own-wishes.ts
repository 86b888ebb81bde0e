/** What a person asks of the shots of a run beside their boards and notes, laid onto the planned shots. */
import { InbetweenError } from '../../../shared/problem';
import {
  AMOUNT_UNIT,
  DEFAULT_AMOUNT,
  notesOptions,
  parseNotes,
  type CameraMove,
  type Shot,
} from '../../../shared/shot';
import { EVERY_SHOT, type OwnMove, type OwnShot, type ShotFile } from './shot-file';

export interface OwnWishes {
  /** The artist's own moves for every shot, in the grammar's words; they win over every note. */
  readonly moves?: string;
  readonly onTwos?: boolean;
  readonly shotFile?: ShotFile;
}

type Draft = Omit<Shot, 'boards'>;

/**
 * The shots with the wishes in them; a shot's own entry in the file wins over what is wished for all.
 * Throws InbetweenError `shot-invalid` for words that are no camera move, moves outside their shot, and entries for no shot.
 */
export function withWishes(drafts: readonly Draft[], { moves, onTwos, shotFile }: OwnWishes): Draft[] {
  const names = new Set(drafts.map(({ name }) => name));
  const strange = [...(shotFile?.shots.keys() ?? [])].filter((name) => name !== EVERY_SHOT && !names.has(name));
  if (strange.length > 0)
    throw wrong(`The shot file speaks of ${strange.join(', ')}; the shots are ${[...names].join(', ')}.`);
  return drafts.map((draft) => {
    const own: OwnShot = shotFile?.shots.get(draft.name) ?? shotFile?.shots.get(EVERY_SHOT) ?? {};
    const wanted = own.moves ?? moves;
    const { framing, regions, burnIns } = own;
    const twos = own.onTwos ?? onTwos;
    return {
      ...draft,
      ...(wanted === undefined ? {} : { moves: movesOf(wanted, draft) }),
      ...(framing ? { framing } : {}),
      ...(regions ? { regions } : {}),
      ...(burnIns ? { burnIns } : {}),
      ...(twos === undefined ? {} : { onTwos: twos }),
    };
  });
}

function movesOf(wanted: string | readonly OwnMove[], draft: Draft): readonly CameraMove[] {
  return typeof wanted === 'string' ? worded(wanted, draft) : wanted.map((move) => listed(move, draft));
}

/** A person's own words are sure; what of them says nothing of the camera is told rather than passed over. */
function worded(text: string, draft: Draft): readonly CameraMove[] {
  if (text.trim() === '') return [];
  const { moves, unread, action } = parseNotes(text, notesOptions(draft));
  const lost = moves.length === 0 ? [text] : [...unread, ...action];
  if (lost.length > 0)
    throw wrong(
      `${draft.name}: “${lost.join('”, “')}” is no camera move that can be read within ${draft.frames} frames.`,
    );
  return moves.map((move) => ({ ...move, confidence: 1 }));
}

function listed({ kind, from = 0, to, amount, ease = 'ease-in-out' }: OwnMove, draft: Draft): CameraMove {
  const end = Math.min(to ?? draft.frames, draft.frames);
  if (from >= end)
    throw wrong(`${draft.name} has ${draft.frames} frames: ${kind} from ${from} to ${to ?? end} is not in it.`);
  const size = amount ?? DEFAULT_AMOUNT[AMOUNT_UNIT[kind]][1];
  return { kind, from, to: end, amount: size, ease, confidence: 1, text: '' };
}

function wrong(message: string): InbetweenError {
  return new InbetweenError({
    code: 'shot-invalid',
    message,
    safe: 'Nothing was started.',
    action: 'Correct it; `inbetween notes "…"` shows how words are read.',
  });
}
