/** The checks of a take by the names that they are stored under. */
import type { Words } from '../say';

export const checkNames = {
  frames: { en: 'frames', fr: 'Nombre d’images', de: 'Bildzahl', es: 'Número de fotogramas', ja: 'フレーム数' },
  size: { en: 'size', fr: 'Taille d’image', de: 'Bildgröße', es: 'Tamaño', ja: 'サイズ' },
  rate: { en: 'rate', fr: 'Cadence', de: 'Bildrate', es: 'Velocidad', ja: 'フレームレート' },
  codec: { en: 'codec', fr: 'Codec', de: 'Codec', es: 'Códec', ja: 'コーデック' },
  'colour tags': {
    en: 'colour tags',
    fr: 'Balises de couleur',
    de: 'Farbangaben',
    es: 'Etiquetas de color',
    ja: 'カラータグ',
  },
  black: { en: 'black', fr: 'Images noires', de: 'Schwarzbilder', es: 'Negro', ja: '黒フレーム' },
  'blown out': { en: 'blown out', fr: 'Images brûlées', de: 'Ausgefressen', es: 'Quemado', ja: '白飛び' },
  flicker: { en: 'flicker', fr: 'Scintillement', de: 'Flackern', es: 'Parpadeo', ja: 'ちらつき' },
  frozen: { en: 'frozen', fr: 'Image figée', de: 'Stillstand', es: 'Congelado', ja: '静止' },
  loop: { en: 'loop', fr: 'Boucle', de: 'Schleife', es: 'Bucle', ja: '繰り返し' },
  motion: { en: 'motion', fr: 'Mouvement', de: 'Bewegung', es: 'Movimiento', ja: '動き' },
  'first frame': {
    en: 'first frame',
    fr: 'Première image',
    de: 'Erstes Bild',
    es: 'Primer fotograma',
    ja: '最初のフレーム',
  },
  colour: { en: 'colour', fr: 'Couleur', de: 'Farbe', es: 'Color', ja: '色' },
  lines: { en: 'lines', fr: 'Lignes', de: 'Linien', es: 'Líneas', ja: '線' },
  palette: { en: 'palette', fr: 'Palette', de: 'Farbpalette', es: 'Paleta', ja: '配色' },
  'safe area': {
    en: 'safe area',
    fr: 'Zone de sécurité',
    de: 'Sicherer Bereich',
    es: 'Zona segura',
    ja: 'セーフエリア',
  },
} satisfies Words;
