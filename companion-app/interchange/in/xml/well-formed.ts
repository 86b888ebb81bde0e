/** Whether tags open and close as XML wants it. The parser behind it is lenient: a file cut short would come out as a shorter one. */
import { IN_LIMITS } from '../file/limits';

/** One past the end of something that begins at `at` and ends with `mark`; the text's length + 1 where it does not end. */
function past(text: string, at: number, mark: string): number {
  const end = text.indexOf(mark, at);
  return end < 0 ? text.length + 1 : end + mark.length;
}

/** One past the ">" of a tag, those in quoted values not counted. */
function pastTag(text: string, at: number): number {
  for (let i = at; i < text.length; i += 1) {
    const letter = text[i];
    if (letter === '>') return i + 1;
    if (letter === '<') break;
    if (letter === '"' || letter === "'") i = past(text, i + 1, letter) - 1;
  }
  return text.length + 1;
}

/** Markup that is no element: comments, declarations, character data, instructions. Null for an element. */
function pastMarkup(text: string, at: number): number | null {
  if (text.startsWith('<!--', at)) return past(text, at + 4, '-->');
  if (text.startsWith('<![CDATA[', at)) return past(text, at + 9, ']]>');
  if (text.startsWith('<?', at)) return past(text, at + 2, '?>');
  if (text.startsWith('<!', at)) return pastTag(text, at + 2);
  return null;
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** Null where all is well, else what is wrong and in which line. */
export function faultIn(text: string): string | null {
  const open: string[] = [];
  let roots = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const from = at;
    const said = (what: string): string => `${what} in line ${lineAt(text, from)}`;
    at = pastMarkup(text, from) ?? pastTag(text, from + 1);
    if (at > text.length) return said('something does not end');
    if (text[from + 1] === '!' || text[from + 1] === '?') continue;
    const name = /^<\/?([^\s/>"'=<]+)/.exec(text.slice(from, Math.min(at, from + 300)))?.[1];
    if (name === undefined) return said('a tag has no name');
    if (text[from + 1] === '/') {
      if (open.pop() !== name) return said(`</${name}> closes what is not open`);
    } else {
      if (open.length === 0) roots += 1;
      if (roots > 1) return said('there are two outermost elements');
      if (text[at - 2] !== '/') open.push(name);
      if (open.length > IN_LIMITS.xmlDepth) return said('elements are nested too deep');
    }
  }
  return open.length > 0 ? `<${open.at(-1) ?? ''}> is never closed` : roots === 0 ? 'there is no element' : null;
}
