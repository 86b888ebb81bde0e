/** What a board's or clip's name says: the shot, which board of it, and words that may be a note. */

export interface Slate {
  /** "SH010", "sc02_sh030", "12B": as written, without the board's own letter. Empty when the name has no shot code. */
  readonly shot: string;
  /** Which board of the shot: "A", "2"; empty when the name does not say. */
  readonly board: string;
  /** What follows, without separators and file extension. */
  readonly words: string;
}

const EXTENSION = /\.(?:png|jpe?g|webp|tiff?|psd|gif|bmp|exr|svg|mov|mp4)$/i;
/** Letters and numbers joined by _ or -, ending in a number that may carry one letter: SH010, sc01_sh010, EP1-SQ02-SH0030, 12B. */
const CODE =
  /^((?:[A-Za-z]{1,12}[_-]?\d{1,6}[_-](?=[A-Za-z]))*(?:[A-Za-z]{1,12}[_ -]?)?\d{1,6}[A-Za-z]?)(?![A-Za-z0-9])/;
/** A lone letter, a small number, or a word that means board: _A, -2, .03, " A", _p2, _bd03, " panel 4". */
const BOARD = /^[_\-. ]+(?:(?:p|pn|bd|b|board|panel|frame)[_\- ]?(\d{1,3})|([A-Za-z]|\d{1,3}))(?=$|[_\-. ])/i;

/**
 * Reads a name such as "SH020_B whip R to the door.png". Never throws; a name without a shot code keeps all its words.
 * A lone letter counts as a board's only where a separator of names (`_`, `-`, `.`) leads it or it is a capital that ends the name,
 * so that "SH020 a slow push" keeps its words.
 */
export function readSlate(name: string): Slate {
  const base = name.replace(EXTENSION, '').trim();
  const code = CODE.exec(base);
  if (!code?.[1]) return { shot: '', board: '', words: tidy(base) };
  const rest = base.slice(code[0].length);
  const board = BOARD.exec(rest);
  const which = board?.[1] ?? board?.[2] ?? '';
  const spaced = /^ +$/.test(/^[_\-. ]+/.exec(rest)?.[0] ?? '');
  const ends = board !== null && board[0].length === rest.length;
  const taken = board !== null && (board[1] !== undefined || !spaced || (ends && /^[A-Z]$/.test(which)));
  return {
    shot: code[1],
    board: taken ? which : '',
    words: tidy(taken ? rest.slice(board[0].length) : rest),
  };
}

const tidy = (text: string): string => text.replace(/^[\s_\-.,:;]+|[\s_\-.]+$/g, '').replace(/_/g, ' ');

/** Orders names as people do: SH2 before SH10, a before B. For Array.sort. */
export function naturalOrder(a: string, b: string): number {
  const split = (text: string): string[] => text.toLowerCase().match(/\d+|\D+/g) ?? [];
  const [left, right] = [split(a), split(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [l, r] = [left[i] ?? '', right[i] ?? ''];
    if (l === r) continue;
    if (/^\d/.test(l) && /^\d/.test(r)) {
      const difference = Number(l) - Number(r);
      if (difference !== 0) return difference;
    } else return l < r ? -1 : 1;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}
