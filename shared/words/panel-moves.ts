/** Camera moves, engines and burn-ins by the names of the set. */
import type { Words } from './say';

/** Camera moves by their kind. */
export const moveWords = {
  static: { en: 'Static', fr: 'Fixe', de: 'Statisch', es: 'Fijo', ja: '固定' },
  hold: { en: 'Hold', fr: 'Tenue', de: 'Halten', es: 'Mantener', ja: 'ホールド' },
  'push-in': { en: 'Push in', fr: 'Travelling avant', de: 'Ranfahrt', es: 'Acercamiento', ja: 'プッシュイン' },
  'pull-out': { en: 'Pull out', fr: 'Travelling arrière', de: 'Rückfahrt', es: 'Alejamiento', ja: 'プルアウト' },
  'zoom-in': { en: 'Zoom in', fr: 'Zoom avant', de: 'Zoom hinein', es: 'Zoom de acercamiento', ja: 'ズームイン' },
  'zoom-out': { en: 'Zoom out', fr: 'Zoom arrière', de: 'Zoom heraus', es: 'Zoom de alejamiento', ja: 'ズームアウト' },
  'pan-left': { en: 'Pan left', fr: 'Pano gauche', de: 'Schwenk links', es: 'Paneo a la izquierda', ja: '左パン' },
  'pan-right': { en: 'Pan right', fr: 'Pano droite', de: 'Schwenk rechts', es: 'Paneo a la derecha', ja: '右パン' },
  'whip-pan-left': {
    en: 'Whip pan left',
    fr: 'Filé gauche',
    de: 'Reißschwenk links',
    es: 'Barrido a la izquierda',
    ja: '左ウィップパン',
  },
  'whip-pan-right': {
    en: 'Whip pan right',
    fr: 'Filé droite',
    de: 'Reißschwenk rechts',
    es: 'Barrido a la derecha',
    ja: '右ウィップパン',
  },
  'tilt-up': {
    en: 'Tilt up',
    fr: 'Pano vers le haut',
    de: 'Neigen nach oben',
    es: 'Inclinación arriba',
    ja: 'ティルトアップ',
  },
  'tilt-down': {
    en: 'Tilt down',
    fr: 'Pano vers le bas',
    de: 'Neigen nach unten',
    es: 'Inclinación abajo',
    ja: 'ティルトダウン',
  },
  'truck-left': {
    en: 'Truck left',
    fr: 'Travelling gauche',
    de: 'Fahrt nach links',
    es: 'Travelling a la izquierda',
    ja: '左トラック',
  },
  'truck-right': {
    en: 'Truck right',
    fr: 'Travelling droite',
    de: 'Fahrt nach rechts',
    es: 'Travelling a la derecha',
    ja: '右トラック',
  },
  'crane-up': {
    en: 'Crane up',
    fr: 'Grue vers le haut',
    de: 'Kran nach oben',
    es: 'Grúa arriba',
    ja: 'クレーンアップ',
  },
  'crane-down': {
    en: 'Crane down',
    fr: 'Grue vers le bas',
    de: 'Kran nach unten',
    es: 'Grúa abajo',
    ja: 'クレーンダウン',
  },
  'orbit-left': {
    en: 'Orbit left',
    fr: 'Orbite gauche',
    de: 'Umfahrt links',
    es: 'Órbita a la izquierda',
    ja: '左回り込み',
  },
  'orbit-right': {
    en: 'Orbit right',
    fr: 'Orbite droite',
    de: 'Umfahrt rechts',
    es: 'Órbita a la derecha',
    ja: '右回り込み',
  },
  'roll-cw': {
    en: 'Roll clockwise',
    fr: 'Roulis horaire',
    de: 'Rollen im Uhrzeigersinn',
    es: 'Giro horario',
    ja: '時計回りロール',
  },
  'roll-ccw': {
    en: 'Roll counterclockwise',
    fr: 'Roulis antihoraire',
    de: 'Rollen gegen den Uhrzeigersinn',
    es: 'Giro antihorario',
    ja: '反時計回りロール',
  },
  'dolly-zoom': { en: 'Dolly zoom', fr: 'Travelling compensé', de: 'Dolly-Zoom', es: 'Dolly zoom', ja: 'ドリーズーム' },
  handheld: { en: 'Handheld', fr: 'Caméra à l’épaule', de: 'Handkamera', es: 'Cámara en mano', ja: '手持ち' },
  shake: { en: 'Shake', fr: 'Secousse', de: 'Erschütterung', es: 'Sacudida', ja: 'シェイク' },
  'rack-focus': {
    en: 'Rack focus',
    fr: 'Bascule de point',
    de: 'Schärfenverlagerung',
    es: 'Cambio de foco',
    ja: 'ピント送り',
  },
} satisfies Words;

/** How speed is shared over a move. */
export const easeWords = {
  linear: { en: 'Linear', fr: 'Linéaire', de: 'Linear', es: 'Lineal', ja: 'リニア' },
  'ease-in': { en: 'Ease in', fr: 'Départ amorti', de: 'Sanft an', es: 'Entrada suave', ja: 'イーズイン' },
  'ease-out': { en: 'Ease out', fr: 'Arrivée amortie', de: 'Sanft aus', es: 'Salida suave', ja: 'イーズアウト' },
  'ease-in-out': {
    en: 'Ease in and out',
    fr: 'Départ et arrivée amortis',
    de: 'Sanft an und aus',
    es: 'Entrada y salida suaves',
    ja: 'イーズイン・アウト',
  },
  snap: { en: 'Snap', fr: 'Brusque', de: 'Ruckartig', es: 'Brusco', ja: 'スナップ' },
} satisfies Words;

/** Engines by their name in a job. */
export const engineWords = {
  auto: { en: 'Automatic', fr: 'Automatique', de: 'Automatisch', es: 'Automático', ja: '自動' },
  parallax: { en: 'Parallax', fr: 'Parallaxe', de: 'Parallaxe', es: 'Paralaje', ja: 'パララックス' },
  inbetween: { en: 'Inbetweens', fr: 'Intervalles', de: 'Zwischenphasen', es: 'Intercalado', ja: '中割り' },
  diffusion: { en: 'Diffusion', fr: 'Diffusion', de: 'Diffusion', es: 'Difusión', ja: 'ディフュージョン' },
} satisfies Words;

/** What can be burnt into a take. */
export const burnInWords = {
  shotName: {
    en: 'Shot name',
    fr: 'Nom du plan',
    de: 'Name der Einstellung',
    es: 'Nombre del plano',
    ja: 'ショット名',
  },
  timecode: { en: 'Timecode', fr: 'Timecode', de: 'Timecode', es: 'Código de tiempo', ja: 'タイムコード' },
  frameCounter: {
    en: 'Frame counter',
    fr: 'Compteur d’images',
    de: 'Bildzähler',
    es: 'Contador de fotogramas',
    ja: 'フレームカウンター',
  },
  notes: { en: 'Notes', fr: 'Notes', de: 'Notizen', es: 'Notas', ja: 'メモ' },
  dialogue: { en: 'Dialogue', fr: 'Dialogue', de: 'Dialog', es: 'Diálogo', ja: '台詞' },
  slate: {
    en: 'Slate on the first frame',
    fr: 'Clap sur la première image',
    de: 'Klappe auf dem ersten Bild',
    es: 'Claqueta en el primer fotograma',
    ja: '先頭フレームにスレート',
  },
} satisfies Words;
