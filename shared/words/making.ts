/** How a take is made: what may be left empty, and what is meant then. */
import type { Words } from './say';

export const makingWords = {
  promptEmpty: {
    en: 'Left empty: what the note says happens.',
    fr: 'Vide : ce que la note dit qu’il se passe.',
    de: 'Leer gelassen: was nach der Notiz geschieht.',
    es: 'Si se deja vacío: lo que la nota dice que pasa.',
    ja: '空欄の場合：メモに書かれた出来事を使います。',
  },
  styleExample: {
    en: 'For example: pencil storyboard, soft shading',
    fr: 'Par exemple : story-board au crayon, ombres douces',
    de: 'Zum Beispiel: Storyboard in Bleistift, weiche Schatten',
    es: 'Por ejemplo: storyboard a lápiz, sombreado suave',
    ja: '例：鉛筆の絵コンテ、柔らかい陰影',
  },
  negativeEmpty: {
    en: 'Left empty: the usual list.',
    fr: 'Vide : la liste habituelle.',
    de: 'Leer gelassen: die übliche Liste.',
    es: 'Si se deja vacío: la lista habitual.',
    ja: '空欄の場合：標準のリストを使います。',
  },
} satisfies Words;
