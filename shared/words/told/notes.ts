/** What a take or the cost page remarks. */
import type { Entry } from '../say';

export const NOTES: readonly Entry[] = [
  {
    en: 'The camera move was made {percent} % of its size, so that it stays on the board.',
    fr: 'Le mouvement de caméra a été réduit à {percent} % pour rester sur la case.',
    de: 'Die Kamerabewegung wurde auf {percent} % verkleinert, damit sie auf dem Board bleibt.',
    es: 'El movimiento de cámara se redujo al {percent} % para no salirse de la viñeta.',
    ja: 'ボードからはみ出さないよう、カメラの動きを{percent}%にしました。',
  },
  {
    en: 'Racking focus is left out: the camera also travels, and a shot whose drawing moves between boards is flat.',
    fr: 'La bascule de point est omise : la caméra voyage aussi, et un plan dont le dessin bouge entre les cases est plat.',
    de: 'Die Schärfenverlagerung entfällt: Die Kamera fährt auch, und eine Einstellung, deren Zeichnung sich zwischen Boards bewegt, ist flach.',
    es: 'Se omite el cambio de foco: la cámara también viaja, y un plano cuyo dibujo se mueve entre viñetas es plano.',
    ja: 'フォーカス送りは省略されました。カメラも移動しており、ボード間で絵が動くショットには奥行きがありません。',
  },
  {
    en: 'There is nothing in the region "{region}", so it does not move.',
    fr: 'La région « {region} » est vide, elle ne bouge donc pas.',
    de: 'In der Region „{region}“ ist nichts, deshalb bewegt sie sich nicht.',
    es: 'En la región «{region}» no hay nada, así que no se mueve.',
    ja: '領域「{region}」には何もないため、動きません。',
  },
  {
    en: "The model's colours drifted by up to {percent} %; they were brought back.",
    fr: 'Les couleurs du modèle ont dérivé de {percent} % au plus ; elles ont été ramenées.',
    de: 'Die Farben des Modells wichen um bis zu {percent} % ab; sie wurden zurückgeholt.',
    es: 'Los colores del modelo se desviaron hasta un {percent} %; se corrigieron.',
    ja: 'モデルの色が最大{percent}%ずれたため、補正しました。',
  },
  {
    en: '{part} % of the energy is an estimate: rated power times time, not measured.',
    fr: '{part} % de l’énergie est une estimation : puissance nominale fois durée, sans mesure.',
    de: '{part} % der Energie sind geschätzt (Nennleistung mal Zeit), nicht gemessen.',
    es: 'El {part} % de la energía es una estimación: potencia nominal por tiempo, sin medir.',
    ja: 'エネルギーの{part}%は推定値（定格電力×時間）で、測定値ではありません。',
  },
  {
    en: 'Entries from before the currency changed ({n}) are valued at the first prices set in the new one.',
    fr: 'Les lignes d’avant le changement de monnaie ({n}) sont évaluées aux premiers prix fixés dans la nouvelle.',
    de: 'Einträge von vor dem Währungswechsel ({n}) sind zu den ersten Preisen in der neuen Währung gerechnet.',
    es: 'Los apuntes anteriores al cambio de moneda ({n}) se valoran a los primeros precios fijados en la nueva.',
    ja: '通貨変更前の記録（{n}件）は、新しい通貨で最初に設定された価格で計算されています。',
  },
  {
    en: 'No approved take is in the cut yet: there is no usable second to divide by.',
    fr: 'Aucune prise approuvée n’est encore dans le montage : pas de seconde utilisable pour diviser.',
    de: 'Noch ist kein freigegebener Take im Schnitt: Es gibt keine brauchbare Sekunde, durch die man teilen könnte.',
    es: 'Aún no hay tomas aprobadas en el montaje: no hay segundo utilizable por el que dividir.',
    ja: '承認済みのテイクがまだカットにないため、使える秒数がありません。',
  },
  {
    en: "An example: look the price up on the service's own page before you rely on it. This table may be edited.",
    fr: 'Un exemple : vérifiez le prix sur la page du service avant de vous y fier. Ce tableau est modifiable.',
    de: 'Ein Beispiel: Sieh auf der Seite des Dienstes nach, bevor du dich darauf verlässt. Diese Tabelle lässt sich bearbeiten.',
    es: 'Un ejemplo: consulta el precio en la página del servicio antes de fiarte. Esta tabla se puede editar.',
    ja: '参考例です。利用前に各サービスのページで価格を確認してください。この表は編集できます。',
  },
  {
    en: 'Kept by hand on the Cost page.',
    fr: 'Tenu à la main sur la page Coûts.',
    de: 'Auf der Kosten-Seite von Hand gepflegt.',
    es: 'Mantenida a mano en la página Costes.',
    ja: 'コストページで手入力された表です。',
  },
  { en: 'no reason given', fr: 'sans raison', de: 'kein Grund genannt', es: 'sin motivo', ja: '理由なし' },
];
