/** Where the parts of a JSON text lie, so that single values can be replaced and every other byte stays. */

/** Half-open places in the text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One past a string that begins at `at`. */
function endOfString(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

const blank = (letter: string | undefined): boolean => letter !== undefined && ' \t\r\n'.includes(letter);

function skipBlank(text: string, at: number): number {
  let i = at;
  while (blank(text[i])) i += 1;
  return i;
}

/** One past the value that begins at `at`. The text is JSON that was parsed before. */
function endOfValue(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i += 1) {
    const letter = text[i] ?? '';
    if (letter === '"') i = endOfString(text, i) - 1;
    else if (letter === '{' || letter === '[') depth += 1;
    else if (letter === '}' || letter === ']') {
      if (depth === 0) return i;
      depth -= 1;
    } else if (depth === 0 && (letter === ',' || blank(letter))) return i;
    else continue;
    if (depth === 0) return i + 1;
  }
  return text.length;
}

/** Values of an object by key; of a key that stands twice the last counts, as JSON.parse has it. */
export function members(text: string, object: Span): Map<string, Span> {
  const found = new Map<string, Span>();
  let i = skipBlank(text, object.from + 1);
  while (i < object.to - 1 && text[i] === '"') {
    const keyEnd = endOfString(text, i);
    const key: unknown = JSON.parse(text.slice(i, keyEnd));
    const from = skipBlank(text, skipBlank(text, keyEnd) + 1);
    const to = endOfValue(text, from);
    found.set(String(key), { from, to });
    i = skipBlank(text, skipBlank(text, to) + 1);
  }
  return found;
}

/** Elements of an array. */
export function elements(text: string, array: Span): Span[] {
  const found: Span[] = [];
  let i = skipBlank(text, array.from + 1);
  while (i < array.to - 1) {
    const to = endOfValue(text, i);
    found.push({ from: i, to });
    i = skipBlank(text, skipBlank(text, to) + 1);
  }
  return found;
}

/** The outermost value. */
export function whole(text: string): Span {
  const from = skipBlank(text, text.startsWith('\uFEFF') ? 1 : 0);
  return { from, to: endOfValue(text, from) };
}

/** The object's text with some values replaced; keys it lacks are added at its end, in the style of those it has. */
export function withValues(text: string, object: Span, values: ReadonlyMap<string, string>): string {
  const known = members(text, object);
  const edits = [...values].flatMap(([key, value]) => {
    const span = known.get(key);
    return span ? [{ ...span, value }] : [];
  });
  let out = '';
  let at = object.from;
  for (const edit of edits.sort((a, b) => a.from - b.from)) {
    out += text.slice(at, edit.from) + edit.value;
    at = edit.to;
  }
  const last = [...known.values()].at(-1);
  const added = [...values].filter(([key]) => !known.has(key));
  if (added.length === 0 || last === undefined) return out + text.slice(at, object.to);
  const [firstKey] = known;
  const lead = /^\s*/.exec(text.slice(object.from + 1, firstKey?.[1].from ?? object.from + 1))?.[0] ?? '';
  const space = /:( ?)/.exec(text.slice(object.from, firstKey?.[1].from ?? object.from))?.[1] ?? '';
  out += text.slice(at, last.to);
  for (const [key, value] of added) out += `,${lead}${JSON.stringify(key)}:${space}${value}`;
  return out + text.slice(last.to, object.to);
}
