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
  /** The heading names seconds and frames ("sec:fr"): 1:12 is one second and twelve frames. */
  readonly both: boolean;
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
    .normalize('NFC')
    .trim();

/** English, French, Spanish, German, Italian, Portuguese, Dutch, Polish, Swedish, Turkish, Russian, Japanese, Chinese, Korean; whole headings. */
const NAMES: Readonly<Record<Field, string>> = {
  file: 'file|filename|file name|path|image|image file|image filename|img|picture|picture file|frame image|board file|board image|panel image|storyboard image|still|media|source file|file path|image path|image url|image link|images|pictures|photo|thumbnail|artwork|drawing|sketch|storyboard|url|link|fichier|nom du fichier|image fichier|archivo|nombre de archivo|imagen|fichero|datei|dateiname|bild|bilddatei|immagine|arquivo|imagem|bestand|bestandsnaam|afbeelding|plik|obraz|fil|filnamn|dosya|görsel|файл|имя файла|изображение|картинка|ファイル|ファイル名|画像|絵|文件|文件名|图片|图像|圖片|画面|분镜|파일|파일명|이미지|그림',
  scene:
    'scene|scene number|scene no|scene id|scn|sc|scene name|seq|sequence|sequence name|szene|szenen nr|sequenz|scene numero|numero de scene|escena|secuencia|scena|sequenza|cena|scène|scen|sahne|сцена|эпизод|シーン|場面|场|场次|场景|場次|場景|씬|장면|scene title',
  shot: 'shot|shot name|shot number|shot no|shot nr|shot num|shot id|shot code|sh|cut|cut number|cut no|cut name|setup|code|einstellung|einstellungs nr|einstellungsnummer|plan|numero de plan|n plan|no plan|plano|toma|numero de plano|inquadratura|numero inquadratura|shotnummer|ujecie|numer ujecia|tagning|plan no|çekim|кадр|номер кадра|план|カット|カット番号|カットno|ショット|镜头|镜号|镜头号|镜头编号|分镜|鏡頭|鏡號|컷|컷번호|쇼트|샷|no|nr|num|number|n|index|item|name|clip name|nom|nombre|title|id',
  panel:
    'panel|frame|panel number|panel no|panel nr|panel name|panel id|board|board number|board no|board name|frame number|frame no|frame id|frame name|vignette|case|vineta|vinheta|pannello|feld|bildnummer|bild nr|paneel|kadr|ruta|панель|コマ|コマ番号|パネル|格|格号|패널|칸|slide|step',
  duration:
    'duration|dur|length|len|time|timing|shot length|shot duration|panel duration|board duration|scene duration|run time|runtime|trt|frames|frame count|no of frames|number of frames|nb frames|nb images|nombre d images|total frames|frame duration|duration frames|length frames|seconds|secs|sec|screen time|est time|est duration|estimated duration|approx duration|duree|longueur|temps|minutage|duracion|tiempo|largo|dauer|lange|laenge|zeit|sekunden|durata|tempo|duracao|duur|lengte|tijd|czas|czas trwania|langd|varaktighet|tid|sure|süre|длительность|продолжительность|хронометраж|время|тайминг|尺|秒数|秒|デュレーション|時間|長さ|時長|时长|时间|秒數|길이|시간|초|러닝타임',
  start:
    'start|start time|start tc|start frame|start timecode|in|in time|tc in|timecode in|timecode start|record in|rec in|in point|begin|from|debut|tc debut|inicio|anfang|beginn|inizio|начало|開始|开始|开始时间|시작',
  end: 'end|end time|end tc|end frame|end timecode|out|out time|tc out|timecode out|timecode end|record out|rec out|out point|to|fin|tc fin|ende|fine|fim|конец|終了|结束|结束时间|끝|종료',
  notes:
    'note|notes|comment|comments|remark|remarks|director notes|production notes|direction|directions|slugging|description notes|technical notes|commentaire|commentaires|remarque|remarques|nota|notas|comentario|comentarios|observaciones|notiz|notizen|bemerkung|bemerkungen|anmerkung|anmerkungen|kommentar|note regia|observacoes|opmerking|opmerkingen|uwagi|notatki|anteckningar|notlar|примечание|примечания|заметки|комментарий|備考|メモ|指示|备注|備註|비고|메모',
  action:
    'action|actions|action notes|description|desc|shot description|scene description|what happens|action description|visual|visuals|visual action|visual description|video|content|synopsis|details|prompt|image prompt|beschreibung|handlung|aktion|inhalt|accion|descripcion|azione|descrizione|acao|descricao|beschrijving|actie|opis|akcja|beskrivning|açıklama|описание|действие|содержание|アクション|内容|説明|動作|描述|画面内容|画面描述|動作描述|动作|내용|설명|액션|행동',
  dialogue:
    'dialogue|dialog|dialogues|dialogs|dial|dx|voice over|voiceover|vo|v o|narration|narrator|audio dialogue|line|lines|dialogue voice over|dialogue vo|script|lyric|lyrics|exact lyric|audio|spoken|dialoge|dialogos|dialogo|voz|voix|voix off|texte|text|sprecher|dialoog|dialogi|replik|diyalog|диалог|реплика|реплики|текст|закадровый текст|セリフ|台詞|ダイアログ|ナレーション|对白|台词|旁白|對白|台詞旁白|대사|나레이션|내레이션',
  camera:
    'camera|camera move|camera moves|camera movement|camera movements|camera motion|camera notes|camera angle|camera direction|cam|move|movement|motion|motion prompt|angle|shot type|shot size|size|framing|frame size|lens|type|kamera|kamerabewegung|bewegung|einstellungsgroße|einstellungsgroesse|mouvement|mouvement de camera|mouvements camera|mouvement camera|valeur de plan|valeur|cadrage|camara|movimiento|movimiento de camara|encuadre|tipo de plano|movimento|movimento di camera|movimento de camera|camerabeweging|kamerarorelse|ruch kamery|kamera hareketi|камера|движение камеры|крупность|カメラ|カメラワーク|運鏡|运镜|景别|景別|机位|镜头运动|카메라|카메라워크|앵글',
};

const word = (words: string): RegExp => new RegExp(`(?:^| )(?:${words})(?= |$)`, 'u');
const UNITS: readonly (readonly [Exclude<Unit, null>, RegExp])[] = [
  ['milliseconds', word('ms|msec|milliseconds?|millisekunden|millisecondes|milisegundos|毫秒')],
  [
    'frames',
    word(
      'frames?|frms?|frs?|ff|f|images?|imgs?|im|bilder|fotogramas?|fotogrammi|cuadros|quadri|quadros|klatki|beelden|кадр\\p{L}*|kare|\\p{L}*コマ数?|帧数?|幀數?|프레임',
    ),
  ],
  ['seconds', word('s|secs?|seconds?|sekunden|sek|secondes?|segundos?|segs?|secondi|сек|секунд\\p{L}*|秒数?|秒數|초')],
];

const KNOWN = new Map<string, { readonly field: Field; readonly rank: number }>();
for (const field of FIELDS)
  for (const [rank, name] of NAMES[field].split('|').entries()) {
    const words = plainWords(name);
    if (!KNOWN.has(words)) KNOWN.set(words, { field, rank });
  }

function fieldOf(words: string): { field: Field; rank: number } | undefined {
  const plain = words.replace(/^(?:the|storyboard|sb|shot|cut) (?=\S+ ?\S*$)/, '');
  return KNOWN.get(words) ?? KNOWN.get(plain);
}

/** Headings of one sign, which counting shots is usual with. */
const SIGN: { field: Field; rank: number } = { field: 'shot', rank: 99 };
/** "f" and "s" alone may be anything. */
const LEAST_UNIT = 2;

/** The column under a heading; undefined for one that nobody here knows. */
export function columnOf(heading: string, index: number): Column | undefined {
  const words = plainWords(heading);
  const bare = plainWords(heading.replace(/[([{（].*?[)\]}）]/g, ' '));
  const units = UNITS.filter(([, says]) => says.test(words)).map(([unit]) => unit);
  const withoutUnit = UNITS.reduce((text, [, says]) => text.replace(says, ' '), words)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const length = fieldOf(withoutUnit);
  const onlyUnit = units.length > 0 && withoutUnit === '' && words.length >= LEAST_UNIT;
  const found =
    fieldOf(words) ??
    fieldOf(bare) ??
    (length?.field === 'duration' ? length : undefined) ??
    (onlyUnit ? { field: 'duration' as const, rank: 50 } : undefined) ??
    (/^\s*[#＃]\s*$/.test(heading) ? SIGN : undefined);
  if (!found) return undefined;
  const counts = found.field === 'duration';
  const both = counts && units.includes('frames') && units.includes('seconds');
  return { index, ...found, both, unit: counts && !both ? (units[0] ?? null) : null };
}
