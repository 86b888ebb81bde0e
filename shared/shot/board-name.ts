/** How boards are named: a shot's code, the board within the shot, and words about it ("SH010_A push in on Anna.png"). */

export interface BoardName {
  /** "SH010", "EP01_SQ02_SH010", "panel_3"; the whole name where it holds no code. */
  readonly shot: string;
  /** `token`: says shot itself (SH010, shot 12, cut-3). `number`: some other numbered name. `none`: no number in it. */
  readonly code: 'token' | 'number' | 'none';
  /** "A", "1": the board within its shot; empty where the name has none. */
  readonly board: string;
  /** Words after the code; empty where there is no code to follow. */
  readonly words: string;
}

const EXTENSION = /\.(png|jpe?g|jpe|jfif|gif|webp|tiff?|psd|psb|bmp|dib|tga|exr|dpx|ai|eps|hei[cf]|avif|svg|mov|mp4)$/i;
/** A token that names a shot, not a scene or an episode; any film or scene before it belongs to the name. */
const SHOT_TOKEN = /^(.*?(?:^|[\s_\-.]))?((?:shot|sht|sh|cut)[\s_-]?\d{1,5}[a-z]?)(?![\p{L}\p{N}])/iu;
/** Letters and numbers at the start: "panel_3", "1A", "EP01_SC02_020", "Board 12". */
const NUMBERED = /^((?:\p{L}{1,16}[\s_-]?)?\d{1,5}[a-z]?(?:[_-]\p{L}{0,8}\d{1,5}[a-z]?)*)(?![\p{L}\p{N}])/iu;
/** The board after the code. A letter after a space is one only as a capital: "SH010 a wide shot" has none. */
const BOARD_LETTER = /^(?:[_-]([A-Za-z])|\s+([A-Z])|\s+-\s*([A-Z]))(?![\p{L}\p{N}'’])/u;
const BOARD_NUMBER = /^(?:[_\s-]|\s-\s)(\d{1,3})(?![\p{L}\p{N}%°.])/u;
/** "panel 3", "_bd02": says board itself. */
const BOARD_WORD = /^[\s_-]+(?:panel|board|pnl|bd|p)[\s_-]?(\d{1,3})(?![\p{L}\p{N}%°.])/iu;
/** A file's version or copy is no direction. */
const VERSION = /^(?:rev\d{0,4}|copy|final|\(?\d{1,4}\)?)$/i;

function wordsOf(rest: string): string {
  const words = rest
    .replace(/^[\s_\-–—:.,;]+/, '')
    .split(/[\s_]+/)
    .filter((word) => word !== '' && !/^v\d{1,4}$/i.test(word));
  return words.every((word) => VERSION.test(word)) ? '' : words.join(' ');
}

function afterCode(shot: string, code: 'token' | 'number', rest: string): BoardName {
  const letter = BOARD_LETTER.exec(rest);
  const number = code === 'token' ? BOARD_NUMBER.exec(rest) : null;
  const hit = letter ?? BOARD_WORD.exec(rest) ?? number;
  const board = hit?.slice(1).find(Boolean) ?? '';
  return { shot, code, board: board.toUpperCase(), words: wordsOf(hit ? rest.slice(hit[0].length) : rest) };
}

/** "010-1" is shot 010, board 1: one digit after a number of two or more. */
function splitDigit(code: string): { shot: string; rest: string } {
  const m = /^(.*\d{2,}[a-z]?)(-\d)$/i.exec(code);
  return m?.[1] === undefined || m[2] === undefined ? { shot: code, rest: '' } : { shot: m[1], rest: m[2] };
}

/** Reads a clip's or a file's name. Never throws; a name that says nothing is its own shot. */
export function parseBoardName(name: string): BoardName {
  const clean = name.normalize('NFC').trim().replace(EXTENSION, '').trim();
  const token = SHOT_TOKEN.exec(clean);
  if (token?.[2] !== undefined) {
    return afterCode(`${token[1] ?? ''}${token[2]}`.trim(), 'token', clean.slice(token[0].length));
  }
  const numbered = NUMBERED.exec(clean);
  if (numbered?.[1] !== undefined) {
    const { shot, rest } = splitDigit(numbered[1]);
    if (rest !== '') {
      return { shot, code: 'number', board: rest.slice(1), words: wordsOf(clean.slice(numbered[0].length)) };
    }
    return afterCode(shot, 'number', clean.slice(numbered[0].length));
  }
  return { shot: clean === '' ? 'Untitled' : clean, code: 'none', board: '', words: '' };
}

/**
 * The name of a board from what its clip is called and what its file is called. A clip renamed to plain words
 * ("push in slowly") keeps the file's code, and the words become its note.
 */
export function boardName(clipName: string, file: string): BoardName {
  const fromClip = parseBoardName(clipName);
  if (fromClip.code !== 'none' || file === '') return fromClip;
  const fromFile = parseBoardName(file);
  if (fromFile.code === 'none') return fromClip;
  const same = clipName.replace(EXTENSION, '').trim() === file.replace(EXTENSION, '').trim();
  return same
    ? fromFile
    : { ...fromFile, words: [fromClip.shot, fromFile.words].filter((part) => part !== '').join(' ') };
}
