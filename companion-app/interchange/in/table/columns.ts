/** Headings of shot lists, as people and programs write them. */

export const FIELDS = [
  'file',
  'scene',
  'shot',
  'panel',
  'duration',
  'start',
  'end',
  'notes',
  'action',
  'dialogue',
  'camera',
] as const;
export type Field = (typeof FIELDS)[number];
export type Unit = 'frames' | 'seconds' | 'milliseconds' | null;

export interface Column {
  readonly index: number;
  readonly field: Field;
  /** What the heading says a length is counted in. */
  readonly unit: Unit;
  /** 0 is the field's usual name; of several columns for one field the lowest is meant. */
  readonly rank: number;
}

/** Lower case, no accents, no punctuation: "Durée (im.)" is "duree im". */
export const plainWords = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** English, French, Spanish, German, Italian, Portuguese, Japanese; whole headings. */
const NAMES: Readonly<Record<Field, string>> = {
  file: 'file|filename|file name|path|image|image file|image filename|img|picture|picture file|frame image|board file|board image|panel image|still|media|source file|fichier|nom du fichier|image fichier|archivo|nombre de archivo|imagen|fichero|datei|dateiname|bild|bilddatei|immagine|arquivo|imagem|ファイル|ファイル名|画像|絵',
  scene:
    'scene|scene number|scene no|scn|sc|seq|sequence|szene|szenen nr|sequenz|scene numero|escena|secuencia|scena|cena|シーン|場面',
  shot: 'shot|shot name|shot number|shot no|shot nr|shot num|shot id|shot code|sh|cut|cut number|cut no|setup|code|einstellung|einstellungs nr|einstellungsnummer|plan|numero de plan|n plan|no plan|plano|toma|numero de plano|inquadratura|カット|カット番号|ショット|name|clip name|nom|nombre',
  panel:
    'panel|frame|panel number|panel no|panel nr|panel name|board|board number|board no|frame number|frame no|vignette|case|vineta|vinheta|pannello|feld|bildnummer|bild nr|コマ|パネル',
  duration:
    'duration|dur|length|len|time|timing|shot length|shot duration|panel duration|run time|runtime|trt|frames|frame count|frame duration|duration frames|length frames|seconds|secs|sec|duree|longueur|temps|duracion|tiempo|largo|dauer|lange|laenge|zeit|durata|duracao|尺|秒数|デュレーション|時間|長さ',
  start: 'start|start time|start tc|in|tc in|timecode in|record in|rec in|in point|begin|debut|inicio|anfang|開始',
  end: 'end|end time|end tc|out|tc out|timecode out|record out|rec out|out point|fin|ende|終了',
  notes:
    'note|notes|comment|comments|remark|remarks|director notes|production notes|direction|directions|description notes|commentaire|commentaires|remarque|remarques|nota|notas|comentario|comentarios|notiz|notizen|bemerkung|bemerkungen|anmerkung|anmerkungen|kommentar|note regia|備考|メモ|指示',
  action:
    'action|actions|action notes|description|desc|shot description|scene description|what happens|action description|beschreibung|handlung|aktion|accion|descripcion|azione|descrizione|acao|descricao|アクション|内容|説明|動作',
  dialogue:
    'dialogue|dialog|dialogues|dialogs|dial|dx|voice over|voiceover|vo|v o|narration|audio dialogue|line|lines|dialogue voice over|dialoge|dialogos|dialogo|voz|voix|texte|text|sprecher|セリフ|台詞|ダイアログ|ナレーション',
  camera:
    'camera|camera move|camera moves|camera movement|camera movements|camera notes|camera angle|cam|move|movement|angle|shot type|framing|kamera|kamerabewegung|bewegung|mouvement|mouvement de camera|mouvements camera|mouvement camera|valeur de plan|camara|movimiento|movimiento de camara|movimento|movimento di camera|movimento de camera|カメラ|カメラワーク',
};

const UNITS: readonly (readonly [Exclude<Unit, null>, RegExp])[] = [
  ['milliseconds', /\b(?:ms|msec|milliseconds?|millisekunden|millisecondes|milisegundos)\b/],
  ['frames', /\b(?:frames?|frm|fr|f|images?|im|bilder|fotogramas?|cuadros|quadri)\b|コマ/],
  ['seconds', /\b(?:s|sec|secs|seconds?|sekunden|sek|secondes?|segundos?|seg|secondi)\b|秒/],
];

const KNOWN = new Map(
  FIELDS.flatMap((field) => NAMES[field].split('|').map((name, rank) => [plainWords(name), { field, rank }] as const)),
);

function fieldOf(words: string): { field: Field; rank: number } | undefined {
  const plain = words.replace(/^(?:the|storyboard|sb|shot|cut) (?=\S+ ?\S*$)/, '');
  return KNOWN.get(words) ?? KNOWN.get(plain);
}

/** The column under a heading; undefined for one that nobody here knows. */
export function columnOf(heading: string, index: number): Column | undefined {
  const words = plainWords(heading);
  const bare = plainWords(heading.replace(/[([{].*?[)\]}]/g, ' '));
  const unit = UNITS.find(([, says]) => says.test(words))?.[0] ?? null;
  const withoutUnit = UNITS.reduce((text, [, says]) => text.replace(says, ' '), words)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const length = fieldOf(withoutUnit);
  const found = fieldOf(words) ?? fieldOf(bare) ?? (length?.field === 'duration' ? length : undefined);
  return found && { index, ...found, unit: found.field === 'duration' ? unit : null };
}
