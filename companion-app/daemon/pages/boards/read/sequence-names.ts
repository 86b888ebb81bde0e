/** File names by which a sequence's boards are read as the shots that they are. Pure. */
import { parseBoardName } from '../../../../../shared/shot';
import { safeName } from '../../../../queue/safe-name';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Stems under which every board of a shot is read as a board of that shot, with no words of its own; null where there are none. */
function stemsOf(shot: string, boards: number): string[] | null {
  const stems = Array.from({ length: boards }, (_, i) => {
    if (boards === 1) return shot;
    const letter = LETTERS[i];
    return boards <= LETTERS.length && letter !== undefined ? `${shot}_${letter}` : `${shot}_panel_${i + 1}`;
  });
  const right = stems.every((stem) => {
    const read = parseBoardName(stem);
    return safeName(stem, 120) === stem && read.shot === shot && read.words === '';
  });
  return right ? stems : null;
}

export interface NamedShot {
  /** As it will be read from the sequence. */
  readonly shot: string;
  /** One a board, unlike all others of the storyboard. */
  readonly stems: readonly string[];
}

/**
 * A name for every board. A shot whose own name cannot be told from a file's (a sentence, a name with a slash, the same name
 * again) gets a number: SH010 for the first, SH020 for the second.
 */
export function sequenceNames(shots: readonly { readonly name: string; readonly boards: number }[]): NamedShot[] {
  const taken = new Set<string>();
  const own = shots.map(({ name, boards }) => {
    const stems = stemsOf(name, boards);
    const key = name.toLowerCase();
    if (!stems || taken.has(key)) return null;
    taken.add(key);
    return { shot: name, stems };
  });
  return shots.map(({ boards }, i) => {
    const kept = own[i];
    if (kept) return kept;
    for (let extra = 0; ; extra += 1) {
      const shot = `SH${String((i + 1) * 10 + extra).padStart(3, '0')}`;
      if (taken.has(shot.toLowerCase())) continue;
      taken.add(shot.toLowerCase());
      return { shot, stems: stemsOf(shot, boards) ?? [] };
    }
  });
}
