/**
 * What Wan does to a prompt before it reads it: typographers' characters made plain, entities written out, white space made single.
 * Of what ftfy mends, this is what people type; text that was decoded wrongly is left as it is.
 */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  copy: '©',
  deg: '°',
  times: '×',
};

function entity(whole: string, name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** One sign for two or more letters, and letters as wide as a Chinese one or half as wide. */
const LIGATURES = /[\u0132\u0133\u0149\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06]/g;
const WIDTHS = /[\u3000\uff01-\uffee]+/g;
const SINGLE_QUOTES = /[\u02bc\u2018-\u201b]/g;
const DOUBLE_QUOTES = /[\u201c-\u201f]/g;
/** Characters that print nothing and change what a terminal or an editor does. */
const CONTROLS = /(?![\t\n\f\r\u0080-\u009f])\p{Cc}|[\u206a-\u206f\ufeff\ufff9-\ufffc]/gu;

/** Typographers' characters as one finds them on a keyboard. */
function plain(text: string): string {
  const compatible = (signs: string) => signs.normalize('NFKC');
  return text
    .replace(LIGATURES, compatible)
    .replace(WIDTHS, compatible)
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(CONTROLS, '')
    .normalize('NFC');
}

/** Entities are undone twice: text scraped from the web is often escaped twice. */
export function cleanPrompt(text: string): string {
  const undo = (escaped: string) => escaped.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, entity);
  return undo(undo(plain(text)))
    .replace(/\s+/g, ' ')
    .trim();
}
