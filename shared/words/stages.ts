/** What the engines say they are doing, in the person's language. A sentence that is not here is shown as it came. */
import type { Entry } from './say';

const STAGES: readonly Entry[] = [
  {
    en: 'Reading the boards',
    fr: 'Lecture des cases',
    de: 'Boards werden gelesen',
    es: 'Leyendo las viñetas',
    ja: 'ボードを読み込み中',
  },
  {
    en: 'reading the board',
    fr: 'lecture de la case',
    de: 'Board wird gelesen',
    es: 'leyendo la viñeta',
    ja: 'ボードを解析中',
  },
  {
    en: 'matching the boards',
    fr: 'mise en correspondance des cases',
    de: 'Boards werden abgeglichen',
    es: 'emparejando las viñetas',
    ja: 'ボードを照合中',
  },
  {
    en: 'moving the camera',
    fr: 'mouvement de caméra',
    de: 'Kamera wird bewegt',
    es: 'moviendo la cámara',
    ja: 'カメラを動かしています',
  },
  {
    en: 'drawing the motion',
    fr: 'dessin du mouvement',
    de: 'Bewegung wird gezeichnet',
    es: 'dibujando el movimiento',
    ja: '動きを描画中',
  },
  {
    en: 'drawing in-betweens',
    fr: 'dessin des intervalles',
    de: 'Zwischenphasen werden gezeichnet',
    es: 'dibujando los intercalados',
    ja: '中割りを描画中',
  },
  { en: 'denoising', fr: 'débruitage', de: 'Entrauschen', es: 'eliminando ruido', ja: 'ノイズ除去中' },
  { en: 'decoding', fr: 'décodage', de: 'Dekodieren', es: 'decodificando', ja: 'デコード中' },
  {
    en: 'merging the style',
    fr: 'application du style',
    de: 'Stil wird eingerechnet',
    es: 'aplicando el estilo',
    ja: 'スタイルを適用中',
  },
  { en: 'Animating', fr: 'Animation', de: 'Animieren', es: 'Animando', ja: 'アニメーション作成中' },
  {
    en: 'Checking the clip',
    fr: 'Contrôle du clip',
    de: 'Clip wird geprüft',
    es: 'Comprobando el clip',
    ja: 'クリップを検査中',
  },
  {
    en: 'Making thumbnails',
    fr: 'Création des vignettes',
    de: 'Vorschaubilder werden gemacht',
    es: 'Creando miniaturas',
    ja: 'サムネイルを作成中',
  },
  { en: 'Finishing', fr: 'Finition', de: 'Abschluss', es: 'Terminando', ja: '仕上げ中' },
];

const known = new Map(STAGES.map((entry) => [entry.en, entry]));

/** The entry for a stage as the companion names it, where there is one. */
export const stageEntry = (stage: string): Entry | undefined => known.get(stage);
