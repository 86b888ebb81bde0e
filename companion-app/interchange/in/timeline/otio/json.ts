/** OTIO's JSON as text to data: the reference library writes NaN and Infinity, which JSON has no word for. */
import { FormatFault } from '../../file/refuse';

const BARE = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity|Inf)\b/g;

/** Throws FormatFault for text that is no JSON. */
export function parseOtioJson(text: string): unknown {
  const source = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(source);
  } catch (first) {
    try {
      return JSON.parse(source.replace(BARE, (token) => (token.startsWith('"') ? token : 'null')));
    } catch {
      throw new FormatFault(`it is no JSON (${first instanceof Error ? first.message.slice(0, 120) : 'unknown'})`);
    }
  }
}
