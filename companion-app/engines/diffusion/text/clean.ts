/** What Wan does to a prompt before it reads it: entities written out, white space made single. */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function entity(whole: string, name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Entities are undone twice: text scraped from the web is often escaped twice. */
export function cleanPrompt(text: string): string {
  const undo = (escaped: string) => escaped.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, entity);
  return undo(undo(text)).replace(/\s+/g, ' ').trim();
}
