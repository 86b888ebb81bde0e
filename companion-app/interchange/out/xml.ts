/** XML text of a tree of elements, in letters that every XML reader takes. */
import XMLBuilder from 'fast-xml-builder';

/** What XML 1.0 has no way to write, not even as a reference: control characters, halves of letters, non-characters. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const writable = (text: string): string => text.replace(UNWRITABLE, '\uFFFD');
const referred = (text: string, letters: RegExp): string =>
  text.replace(letters, (letter) => REFERENCES[letter] ?? letter);

/** Readers make spaces of line ends in attributes and line feeds of carriage returns in text, unless they are references. */
const attribute = (text: string): string => referred(writable(text), /[&<>"\r\n\t]/g);
const content = (text: string): string => referred(writable(text), /[&<>\r]/g);

const escaped = (value: unknown, escape: (text: string) => string): unknown =>
  typeof value === 'string' ? escape(value) : value;

/** `tree` in fast-xml-builder's form: keys are elements, those with "@_" attributes. `type` is the document type's name. */
export function xmlText(type: string, tree: object): string {
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    format: true,
    indentBy: '  ',
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
    processEntities: false,
    tagValueProcessor: (_, value) => escaped(value, content),
    attributeValueProcessor: (_, value) => escaped(value, attribute),
  });
  const body: unknown = builder.build(tree);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ${type}>\n${String(body)}`;
}
