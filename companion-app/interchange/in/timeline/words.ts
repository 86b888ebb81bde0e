/** Comments, captions and markers sorted into a board's fields. */
import type { Words } from './model';

const LABELS: readonly (readonly [keyof Words, RegExp])[] = [
  ['dialogue', /^(?:dialog(?:ue)?s?|dialog|di[aá]logos?|dial|dx|line|セリフ|台詞|対白)$/i],
  ['action', /^(?:action(?:\s*notes?)?|aktion|handlung|acci[oó]n|アクション|動作)$/i],
  [
    'notes',
    /^(?:notes?|comments?|camera(?:\s*notes?)?|cam|slugging|direction|notizen?|notas?|remarques?|kommentare?|kamera|メモ|備考|カメラ)$/i,
  ],
];

const fieldOf = (label: string): keyof Words | undefined => LABELS.find(([, fits]) => fits.test(label.trim()))?.[0];

/** Sentences that came from several places, each once, in order. */
export function joinWords(parts: readonly string[]): string {
  const said: string[] = [];
  for (const part of parts.map((text) => text.replaceAll(/\s+/g, ' ').trim()))
    if (part !== '' && !said.some((other) => other === part)) said.push(part);
  return said.join('. ').replaceAll(/([.!?…])\. /g, '$1 ');
}

/**
 * Free texts to fields. A line "Dialogue: …" belongs to that field, and so do the lines below it until the next label;
 * whatever has no label is a note.
 */
export function sortWords(texts: readonly string[]): Words {
  const found: Record<keyof Words, string[]> = { notes: [], action: [], dialogue: [] };
  for (const text of texts) {
    let field: keyof Words = 'notes';
    for (const line of text.split(/\r\n|[\r\n\u2028\u2029]/)) {
      const labelled = /^(\p{L}[\p{L} ]{1,19}?) ?[:：](.*)$/u.exec(line.trim());
      const named = labelled?.[1] === undefined ? undefined : fieldOf(labelled[1]);
      if (named !== undefined) field = named;
      found[field].push(named === undefined ? line : (labelled?.[2] ?? ''));
    }
  }
  return { notes: joinWords(found.notes), action: joinWords(found.action), dialogue: joinWords(found.dialogue) };
}

/** The fields of several sources together. */
export function mergeWords(all: readonly Words[]): Words {
  const join = (field: keyof Words): string => joinWords(all.map((words) => words[field]));
  return { notes: join('notes'), action: join('action'), dialogue: join('dialogue') };
}
