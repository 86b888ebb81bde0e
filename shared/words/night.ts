/** The page of the night: when and how the queue is worked off. */
import type { Entry, Words } from './say';

export const nightWords = {
  clockNow: {
    en: 'It is {clock} on the companion’s clock; {n, plural, one {# shot waits} other {# shots wait}}.',
    fr: 'Il est {clock} à l’horloge du compagnon ; {n, plural, one {# plan attend} other {# plans attendent}}.',
    de: 'Auf der Uhr des Companions ist es {clock}; {n, plural, one {# Einstellung wartet} other {# Einstellungen warten}}.',
    es: 'Son las {clock} en el reloj del equipo; {n, plural, one {# plano espera} other {# planos esperan}}.',
    ja: 'コンパニオンの時計は{clock}です。{n}ショットが待機しています。',
  },
  free: {
    en: 'Nothing keeps shots from being begun.',
    fr: 'Rien n’empêche de commencer des plans.',
    de: 'Nichts hält Einstellungen zurück.',
    es: 'Nada impide empezar planos.',
    ja: 'ショットの開始を妨げるものはありません。',
  },
  hours: { en: 'Hours', fr: 'Horaires', de: 'Zeiten', es: 'Horario', ja: '時間帯' },
  onlyBetween: {
    en: 'Begin shots only between two times',
    fr: 'Ne commencer des plans qu’entre deux heures',
    de: 'Einstellungen nur zwischen zwei Uhrzeiten beginnen',
    es: 'Empezar planos solo entre dos horas',
    ja: '指定した時間帯にだけショットを開始する',
  },
  from: { en: 'From', fr: 'De', de: 'Von', es: 'Desde', ja: '開始' },
  to: { en: 'To', fr: 'À', de: 'Bis', es: 'Hasta', ja: '終了' },
  deadlineOn: {
    en: 'Everything should be there by a time; what would not make it is made by a faster engine',
    fr: 'Tout doit être prêt à une heure donnée ; ce qui n’y arriverait pas passe par un moteur plus rapide',
    de: 'Alles soll zu einer Uhrzeit da sein; was es nicht schafft, macht eine schnellere Engine',
    es: 'Todo debe estar a una hora; lo que no llegue lo hace un motor más rápido',
    ja: '指定時刻までに仕上げる。間に合わないものは速いエンジンで作成する',
  },
  deadline: { en: 'By', fr: 'Pour', de: 'Bis spätestens', es: 'Para las', ja: '期限' },
  orderTitle: { en: 'Order', fr: 'Ordre', de: 'Reihenfolge', es: 'Orden', ja: '順序' },
  order: {
    en: 'Shots are begun',
    fr: 'Les plans sont commencés',
    de: 'Einstellungen werden begonnen',
    es: 'Los planos se empiezan',
    ja: 'ショットの開始順',
  },
  submitted: {
    en: 'in the order they were sent',
    fr: 'dans l’ordre d’envoi',
    de: 'wie sie geschickt wurden',
    es: 'en el orden de envío',
    ja: '送った順',
  },
  byShot: {
    en: 'shot by shot',
    fr: 'plan par plan',
    de: 'Einstellung für Einstellung',
    es: 'plano a plano',
    ja: 'ショット順',
  },
  shortest: {
    en: 'shortest first',
    fr: 'les plus courts d’abord',
    de: 'kürzeste zuerst',
    es: 'los más cortos primero',
    ja: '短いものから',
  },
  previewsFirst: {
    en: 'A preview of every shot first, then the full takes',
    fr: 'D’abord un aperçu de chaque plan, puis les prises complètes',
    de: 'Zuerst eine Vorschau jeder Einstellung, dann die fertigen Takes',
    es: 'Primero una vista previa de cada plano, después las tomas completas',
    ja: 'まず全ショットのプレビュー、その後に本番のテイク',
  },
  retries: {
    en: 'Times a take that fails its checks is made again with another seed',
    fr: 'Nombre de fois qu’une prise refusée au contrôle est refaite avec une autre graine',
    de: 'So oft wird ein Take, der seine Prüfungen nicht besteht, mit anderem Seed neu gemacht',
    es: 'Veces que se rehace con otra semilla una toma que no pasa las comprobaciones',
    ja: 'チェックに落ちたテイクを別のシードで作り直す回数',
  },
  waits: {
    en: 'Begin no shot',
    fr: 'Ne commencer aucun plan',
    de: 'Keine Einstellung beginnen',
    es: 'No empezar planos',
    ja: 'ショットを開始しない条件',
  },
  battery: {
    en: 'while the machine runs on its battery',
    fr: 'tant que la machine est sur batterie',
    de: 'solange der Rechner mit Akku läuft',
    es: 'mientras el equipo funcione con batería',
    ja: 'バッテリー駆動中',
  },
  premiere: {
    en: 'while Premiere plays or exports',
    fr: 'pendant que Premiere lit ou exporte',
    de: 'solange Premiere abspielt oder exportiert',
    es: 'mientras Premiere reproduce o exporta',
    ja: 'Premiereが再生または書き出し中',
  },
  inUse: {
    en: 'until nobody has touched the machine for so many minutes (0: never mind)',
    fr: 'tant que personne n’a laissé la machine tranquille ce nombre de minutes (0 : peu importe)',
    de: 'bis der Rechner so viele Minuten unberührt war (0: egal)',
    es: 'hasta que nadie toque el equipo durante estos minutos (0: da igual)',
    ja: 'この分数だけ操作がなくなるまで(0: 気にしない)',
  },
  hot: {
    en: 'while the machine is hotter than a limit',
    fr: 'tant que la machine dépasse une température',
    de: 'solange der Rechner heißer ist als eine Grenze',
    es: 'mientras el equipo supere una temperatura',
    ja: 'マシンが設定温度より熱い間',
  },
  celsius: { en: 'Limit in °C', fr: 'Limite en °C', de: 'Grenze in °C', es: 'Límite en °C', ja: '上限(°C)' },
  afterCrash: {
    en: 'after a crash, until I have looked',
    fr: 'après un plantage, tant que je n’ai pas regardé',
    de: 'nach einem Absturz, bis ich nachgesehen habe',
    es: 'después de un fallo, hasta que yo lo revise',
    ja: 'クラッシュ後、確認するまで',
  },
  power: { en: 'Sleep', fr: 'Veille', de: 'Ruhezustand', es: 'Suspensión', ja: 'スリープ' },
  stayAwake: {
    en: 'Keep the machine awake while it renders',
    fr: 'Empêcher la veille pendant le rendu',
    de: 'Rechner wach halten, solange er rendert',
    es: 'Mantener el equipo despierto mientras renderiza',
    ja: 'レンダリング中はスリープさせない',
  },
  happened: {
    en: 'What happened',
    fr: 'Ce qui s’est passé',
    de: 'Was geschah',
    es: 'Qué pasó',
    ja: '経過',
  },
  nothingHappened: {
    en: 'Nothing out of the ordinary has happened.',
    fr: 'Rien de particulier ne s’est passé.',
    de: 'Es ist nichts Besonderes geschehen.',
    es: 'No ha pasado nada fuera de lo normal.',
    ja: '特に変わったことはありません。',
  },
  allOfIt: {
    en: 'All that happened',
    fr: 'Tout ce qui s’est passé',
    de: 'Alles, was geschah',
    es: 'Todo lo que pasó',
    ja: 'すべての経過',
  },
} satisfies Words;

/** What the night notes, by kind. */
const noticeKinds = {
  held: { en: 'put off', fr: 'reporté', de: 'aufgeschoben', es: 'aplazado', ja: '延期' },
  free: { en: 'goes on', fr: 'reprise', de: 'geht weiter', es: 'continúa', ja: '再開' },
  warning: { en: 'warning', fr: 'attention', de: 'Warnung', es: 'aviso', ja: '警告' },
  'stand-in': {
    en: 'faster engine',
    fr: 'moteur plus rapide',
    de: 'schnellere Engine',
    es: 'motor más rápido',
    ja: '高速エンジン',
  },
  retry: { en: 'another seed', fr: 'autre graine', de: 'anderer Seed', es: 'otra semilla', ja: '別シード' },
  lost: { en: 'lost attempt', fr: 'essai perdu', de: 'verlorener Versuch', es: 'intento perdido', ja: '中断' },
  failed: { en: 'failed', fr: 'échec', de: 'fehlgeschlagen', es: 'fallido', ja: '失敗' },
  crash: { en: 'crash', fr: 'plantage', de: 'Absturz', es: 'fallo', ja: 'クラッシュ' },
} satisfies Words;

const kinds = new Map<string, Entry>(Object.entries(noticeKinds));

/** The word for a kind of notice; a newer companion may have others. */
export const noticeEntry = (kind: string): Entry => kinds.get(kind) ?? noticeKinds.warning;
