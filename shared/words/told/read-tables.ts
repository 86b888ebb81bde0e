/** What was remarked while a storyboard’s table was read. */
import type { Entry } from '../say';

export const READ_TABLES: readonly Entry[] = [
  {
    en: '{name}: the columns {columns} are not known and were not read.',
    fr: '{name} : les colonnes {columns} sont inconnues et n’ont pas été lues.',
    de: '{name}: Die Spalten {columns} sind nicht bekannt und wurden nicht gelesen.',
    es: '{name}: las columnas {columns} no se conocen y no se leyeron.',
    ja: '{name}:列{columns}は不明のため読み取られませんでした。',
  },
  {
    en: 'Row {n} ({name}) has no picture: it is blank paper.',
    fr: 'La ligne {n} ({name}) n’a pas d’image : elle est une feuille blanche.',
    de: 'Zeile {n} ({name}) hat kein Bild: Sie ist ein leeres Blatt.',
    es: 'La fila {n} ({name}) no tiene imagen: queda en blanco.',
    ja: '{n}行目({name})には画像がありません。白紙になります。',
  },
  {
    en: '{name} is in no row of the table; it was kept in its place.',
    fr: '{name} n’est dans aucune ligne du tableau ; il a gardé sa place.',
    de: '{name} steht in keiner Zeile der Tabelle; es blieb an seinem Platz.',
    es: '{name} no está en ninguna fila de la tabla; se dejó en su sitio.',
    ja: '{name}は表のどの行にもないため、元の位置に残しました。',
  },
  {
    en: 'No row of {name} names a picture; rows and pictures were paired in order.',
    fr: 'Aucune ligne de {name} ne nomme d’image ; lignes et images ont été appariées dans l’ordre.',
    de: 'Keine Zeile von {name} nennt ein Bild; Zeilen und Bilder wurden der Reihe nach zugeordnet.',
    es: 'Ninguna fila de {name} nombra una imagen; filas e imágenes se emparejaron por orden.',
    ja: '{name}のどの行にも画像名がないため、順番どおりに組み合わせました。',
  },
  {
    en: 'The times in the table only grow: they were read as when shots begin.',
    fr: 'Les temps du tableau ne font que croître : ils ont été lus comme des débuts de plan.',
    de: 'Die Zeiten in der Tabelle wachsen nur: Sie wurden als Anfänge der Einstellungen gelesen.',
    es: 'Los tiempos de la tabla solo crecen: se leyeron como inicios de plano.',
    ja: '表の時刻は増える一方なので、ショットの開始時刻として読み取りました。',
  },
  {
    en: 'The lengths in the table like 1:12 were read as seconds and frames.',
    fr: 'Les durées du tableau comme 1:12 ont été lues en secondes et images.',
    de: 'Längen in der Tabelle wie 1:12 wurden als Sekunden und Bilder gelesen.',
    es: 'Las duraciones de la tabla como 1:12 se leyeron como segundos y fotogramas.',
    ja: '表の1:12のような長さは、秒とコマとして読み取りました。',
  },
  {
    en: 'The lengths in the table do not say what they count; they were read as frames.',
    fr: 'Les durées du tableau ne disent pas leur unité ; elles ont été lues en images.',
    de: 'Die Längen in der Tabelle nennen keine Einheit; sie wurden als Bilder gelesen.',
    es: 'Las duraciones de la tabla no dicen su unidad; se leyeron como fotogramas.',
    ja: '表の長さに単位がないため、フレーム数として読み取りました。',
  },
  {
    en: 'The lengths in the table do not say what they count; they were read as seconds.',
    fr: 'Les durées du tableau ne disent pas leur unité ; elles ont été lues en secondes.',
    de: 'Die Längen in der Tabelle nennen keine Einheit; sie wurden als Sekunden gelesen.',
    es: 'Las duraciones de la tabla no dicen su unidad; se leyeron como segundos.',
    ja: '表の長さに単位がないため、秒として読み取りました。',
  },
  {
    en: 'The lengths in the table do not say what they count; they were read as milliseconds.',
    fr: 'Les durées du tableau ne disent pas leur unité ; elles ont été lues en millisecondes.',
    de: 'Die Längen in der Tabelle nennen keine Einheit; sie wurden als Millisekunden gelesen.',
    es: 'Las duraciones de la tabla no dicen su unidad; se leyeron como milisegundos.',
    ja: '表の長さに単位がないため、ミリ秒として読み取りました。',
  },
  {
    en: 'Row {n}: "{text}" is no length; the usual one was taken.',
    fr: 'Ligne {n} : « {text} » n’est pas une durée ; la durée habituelle a été prise.',
    de: 'Zeile {n}: „{text}“ ist keine Länge; die übliche wurde genommen.',
    es: 'Fila {n}: «{text}» no es una duración; se tomó la habitual.',
    ja: '{n}行目:「{text}」は長さではないため、通常の長さにしました。',
  },
  {
    en: 'Row {n}: "{text}" is from one length to another; the middle was taken.',
    fr: 'Ligne {n} : « {text} » va d’une durée à une autre ; le milieu a été pris.',
    de: 'Zeile {n}: „{text}“ reicht von einer Länge zur anderen; die Mitte wurde genommen.',
    es: 'Fila {n}: «{text}» va de una duración a otra; se tomó el punto medio.',
    ja: '{n}行目:「{text}」は範囲なので、中間の長さにしました。',
  },
];
