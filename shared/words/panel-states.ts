/** How things stand in the panel, in words. */
import type { Words } from './say';

/** How the panel stands with the companion, in a line. */
export const connectionWords = {
  disconnected: { en: 'Not connected', fr: 'Non connecté', de: 'Nicht verbunden', es: 'Sin conexión', ja: '未接続' },
  starting: { en: 'Starting …', fr: 'Démarrage …', de: 'Startet …', es: 'Iniciando …', ja: '起動中 …' },
  connecting: { en: 'Connecting …', fr: 'Connexion …', de: 'Verbindet …', es: 'Conectando …', ja: '接続中 …' },
  pairing: {
    en: 'Not paired yet',
    fr: 'Pas encore associé',
    de: 'Noch nicht gekoppelt',
    es: 'Aún sin vincular',
    ja: '未ペアリング',
  },
  connected: { en: 'Connected', fr: 'Connecté', de: 'Verbunden', es: 'Conectado', ja: '接続済み' },
  superseded: {
    en: 'Open elsewhere',
    fr: 'Ouvert ailleurs',
    de: 'Anderswo geöffnet',
    es: 'Abierto en otro lugar',
    ja: '別の場所で使用中',
  },
  'old-panel': {
    en: 'Panel too old',
    fr: 'Panneau trop ancien',
    de: 'Panel zu alt',
    es: 'Panel demasiado antiguo',
    ja: 'パネルが古い',
  },
  'old-companion': {
    en: 'Companion too old',
    fr: 'Compagnon trop ancien',
    de: 'Begleiter zu alt',
    es: 'Acompañante demasiado antiguo',
    ja: 'コンパニオンが古い',
  },
} satisfies Words;

/** The same, with what it means. */
export const explainWords = {
  disconnected: {
    en: 'The Inbetween companion is not running on this machine. What was submitted is safe.',
    fr: 'Le compagnon Inbetween ne tourne pas sur cette machine. Ce qui a été envoyé est en sécurité.',
    de: 'Der Inbetween-Begleiter läuft auf diesem Rechner nicht. Was eingereicht wurde, ist sicher.',
    es: 'El acompañante de Inbetween no está en marcha en este equipo. Lo enviado está a salvo.',
    ja: 'このマシンでInbetweenコンパニオンが起動していません。送信済みのものは安全です。',
  },
  starting: {
    en: 'The companion is starting; the panel connects by itself.',
    fr: 'Le compagnon démarre ; le panneau se connecte tout seul.',
    de: 'Der Begleiter startet; das Panel verbindet sich von selbst.',
    es: 'El acompañante se está iniciando; el panel se conecta solo.',
    ja: 'コンパニオンを起動しています。パネルは自動で接続します。',
  },
  connecting: {
    en: 'Looking for the companion …',
    fr: 'Recherche du compagnon …',
    de: 'Der Begleiter wird gesucht …',
    es: 'Buscando el acompañante …',
    ja: 'コンパニオンを探しています …',
  },
  pairing: {
    en: 'Type the six digits that the companion shows. Once is enough.',
    fr: 'Saisissez les six chiffres affichés par le compagnon. Une seule fois suffit.',
    de: 'Gib die sechs Ziffern ein, die der Begleiter zeigt. Einmal genügt.',
    es: 'Escribe las seis cifras que muestra el acompañante. Basta con una vez.',
    ja: 'コンパニオンに表示された6桁を入力してください。一度だけで済みます。',
  },
  superseded: {
    en: 'This panel was opened a second time, and the newer one goes on.',
    fr: 'Ce panneau a été ouvert une seconde fois ; le plus récent continue.',
    de: 'Dieses Panel wurde ein zweites Mal geöffnet; das neuere läuft weiter.',
    es: 'Este panel se abrió por segunda vez y continúa el más reciente.',
    ja: 'このパネルは別に開かれ、新しい方が動作しています。',
  },
  'old-panel': {
    en: 'The panel is older than the companion can talk to. Update the panel in Premiere.',
    fr: 'Le panneau est trop ancien pour le compagnon. Mettez à jour le panneau dans Premiere.',
    de: 'Das Panel ist zu alt für den Begleiter. Aktualisiere das Panel in Premiere.',
    es: 'El panel es demasiado antiguo para el acompañante. Actualiza el panel en Premiere.',
    ja: 'パネルが古く、コンパニオンと通信できません。Premiereでパネルを更新してください。',
  },
  'old-companion': {
    en: 'The companion is older than this panel can talk to. Update the companion app.',
    fr: 'Le compagnon est trop ancien pour ce panneau. Mettez à jour le compagnon.',
    de: 'Der Begleiter ist zu alt für dieses Panel. Aktualisiere den Begleiter.',
    es: 'El acompañante es demasiado antiguo para este panel. Actualiza el acompañante.',
    ja: 'コンパニオンが古く、このパネルと通信できません。コンパニオンを更新してください。',
  },
} satisfies Words;

/** What is being done with a shot on its way to the companion. */
export const sendingWords = {
  'exporting boards': {
    en: 'reading boards',
    fr: 'lecture des planches',
    de: 'Boards werden gelesen',
    es: 'leyendo viñetas',
    ja: 'ボードを読み込み中',
  },
  'sending boards': {
    en: 'sending boards',
    fr: 'envoi des planches',
    de: 'Boards werden gesendet',
    es: 'enviando viñetas',
    ja: 'ボードを送信中',
  },
  queueing: {
    en: 'joining the queue',
    fr: 'mise en file',
    de: 'wird eingereiht',
    es: 'entrando en la cola',
    ja: 'キューに追加中',
  },
} satisfies Words;

/** What the panel did by itself. */
export const noticeWords = {
  followed: {
    en: 'The take of {shot} followed its board ({by, plural, one {# frame} other {# frames}}).',
    fr: 'La prise de {shot} a suivi sa planche ({by, plural, one {# image} other {# images}}).',
    de: 'Der Take von {shot} ist seinem Board gefolgt ({by, plural, one {# Bild} other {# Bilder}}).',
    es: 'La toma de {shot} siguió a su viñeta ({by, plural, one {# fotograma} other {# fotogramas}}).',
    ja: '{shot}のテイクがボードに追従しました({by}フレーム)。',
  },
  trimmed: {
    en: 'The take of {shot} was trimmed to its board: {frames, plural, one {# frame} other {# frames}}.',
    fr: 'La prise de {shot} a été coupée à sa planche : {frames, plural, one {# image} other {# images}}.',
    de: 'Der Take von {shot} wurde auf sein Board gekürzt: {frames, plural, one {# Bild} other {# Bilder}}.',
    es: 'La toma de {shot} se recortó a su viñeta: {frames, plural, one {# fotograma} other {# fotogramas}}.',
    ja: '{shot}のテイクをボードの長さ({frames}フレーム)に合わせました。',
  },
  opened: {
    en: 'The take of {shot} was opened to its board out of its handle: {frames, plural, one {# frame} other {# frames}}.',
    fr: 'La prise de {shot} a été rallongée à sa planche grâce à sa poignée : {frames, plural, one {# image} other {# images}}.',
    de: 'Der Take von {shot} wurde aus seiner Zugabe auf sein Board verlängert: {frames, plural, one {# Bild} other {# Bilder}}.',
    es: 'La toma de {shot} se alargó a su viñeta con su cola: {frames, plural, one {# fotograma} other {# fotogramas}}.',
    ja: '{shot}のテイクをのりしろからボードの長さ({frames}フレーム)に伸ばしました。',
  },
  longer: {
    en: '{shot} is longer than its take now ({frames, plural, one {# frame} other {# frames}}): it is animated again.',
    fr: '{shot} est maintenant plus long que sa prise ({frames, plural, one {# image} other {# images}}) : le plan est animé à nouveau.',
    de: '{shot} ist jetzt länger als sein Take ({frames, plural, one {# Bild} other {# Bilder}}): Die Einstellung wird neu animiert.',
    es: '{shot} es ahora más largo que su toma ({frames, plural, one {# fotograma} other {# fotogramas}}): se anima de nuevo.',
    ja: '{shot}がテイクより長くなりました({frames}フレーム)。作り直しています。',
  },
  submitted: {
    en: '{n, plural, one {# shot is queued.} other {# shots are queued.}}',
    fr: '{n, plural, one {# plan est en file.} other {# plans sont en file.}}',
    de: '{n, plural, one {# Einstellung ist eingereiht.} other {# Einstellungen sind eingereiht.}}',
    es: '{n, plural, one {# plano está en cola.} other {# planos están en cola.}}',
    ja: '{n}ショットをキューに追加しました。',
  },
  'verdict-undone': {
    en: 'The verdict on {shot}, take {take}, was undone in Premiere and is taken back.',
    fr: 'L’avis sur {shot}, prise {take}, a été annulé dans Premiere et est retiré.',
    de: 'Das Urteil über {shot}, Take {take}, wurde in Premiere rückgängig gemacht und ist zurückgenommen.',
    es: 'El veredicto sobre {shot}, toma {take}, se deshizo en Premiere y queda retirado.',
    ja: '{shot} テイク{take}の判定がPremiereで取り消されたため、取り下げました。',
  },
  stopped: {
    en: '{n, plural, =0 {Nothing more is submitted.} one {# job stopped.} other {# jobs stopped.}}',
    fr: '{n, plural, =0 {Plus rien n’est envoyé.} one {# tâche arrêtée.} other {# tâches arrêtées.}}',
    de: '{n, plural, =0 {Es wird nichts mehr eingereicht.} one {# Auftrag gestoppt.} other {# Aufträge gestoppt.}}',
    es: '{n, plural, =0 {No se envía nada más.} one {# trabajo detenido.} other {# trabajos detenidos.}}',
    ja: '{n, plural, =0 {送信を停止しました。} other {#件を停止しました。}}',
  },
} satisfies Words;

/** How a shot stands. */
export const rowStateWords = {
  none: { en: 'No take yet', fr: 'Pas encore de prise', de: 'Noch kein Take', es: 'Aún sin toma', ja: 'テイクなし' },
  waiting: { en: 'Waiting', fr: 'En attente', de: 'Wartet', es: 'En espera', ja: '待機中' },
  rendering: { en: 'Rendering', fr: 'Rendu en cours', de: 'Rendert', es: 'Renderizando', ja: 'レンダリング中' },
  coming: {
    en: 'On its way to the timeline',
    fr: 'En route vers la timeline',
    de: 'Auf dem Weg in die Timeline',
    es: 'De camino a la línea de tiempo',
    ja: 'タイムラインへ配置中',
  },
  preview: {
    en: 'Preview on the timeline',
    fr: 'Aperçu sur la timeline',
    de: 'Vorschau in der Timeline',
    es: 'Vista previa en la línea de tiempo',
    ja: 'プレビューを配置済み',
  },
  done: {
    en: 'On the timeline',
    fr: 'Sur la timeline',
    de: 'In der Timeline',
    es: 'En la línea de tiempo',
    ja: '配置済み',
  },
  away: {
    en: 'Taken off the timeline',
    fr: 'Retirée de la timeline',
    de: 'Aus der Timeline entfernt',
    es: 'Fuera de la línea de tiempo',
    ja: 'タイムラインから外れています',
  },
  failed: { en: 'Failed', fr: 'Échec', de: 'Fehlgeschlagen', es: 'Ha fallado', ja: '失敗' },
  stopped: { en: 'Stopped', fr: 'Arrêté', de: 'Gestoppt', es: 'Detenido', ja: '停止' },
} satisfies Words;

/** How a take stands. */
export const takeStateWords = {
  queued: { en: 'waiting', fr: 'en attente', de: 'wartet', es: 'en espera', ja: '待機中' },
  rendering: { en: 'rendering', fr: 'rendu en cours', de: 'rendert', es: 'renderizando', ja: 'レンダリング中' },
  coming: { en: 'on its way', fr: 'en route', de: 'unterwegs', es: 'en camino', ja: '配置中' },
  'on-timeline': {
    en: 'on the timeline',
    fr: 'sur la timeline',
    de: 'in der Timeline',
    es: 'en la línea de tiempo',
    ja: '配置済み',
  },
  away: {
    en: 'not on the timeline',
    fr: 'pas sur la timeline',
    de: 'nicht in der Timeline',
    es: 'fuera de la línea de tiempo',
    ja: 'タイムライン外',
  },
  failed: { en: 'failed', fr: 'échec', de: 'fehlgeschlagen', es: 'ha fallado', ja: '失敗' },
  stopped: { en: 'stopped', fr: 'arrêtée', de: 'gestoppt', es: 'detenida', ja: '停止' },
} satisfies Words;

/** What was said of a take. */
export const labelWords = {
  approved: { en: 'approved', fr: 'validée', de: 'freigegeben', es: 'aprobada', ja: '承認済み' },
  rejected: { en: 'rejected', fr: 'refusée', de: 'abgelehnt', es: 'rechazada', ja: '却下' },
  open: { en: 'undecided', fr: 'à décider', de: 'offen', es: 'por decidir', ja: '未決定' },
} satisfies Words;

/** What has changed since the last take. */
export const changeWords = {
  board: { en: 'board changed', fr: 'planche modifiée', de: 'Board geändert', es: 'viñeta cambiada', ja: 'ボード変更' },
  note: { en: 'note changed', fr: 'note modifiée', de: 'Notiz geändert', es: 'nota cambiada', ja: 'メモ変更' },
  trim: { en: 'length changed', fr: 'durée modifiée', de: 'Länge geändert', es: 'duración cambiada', ja: '長さ変更' },
  move: {
    en: 'move changed',
    fr: 'mouvement modifié',
    de: 'Bewegung geändert',
    es: 'movimiento cambiado',
    ja: '動き変更',
  },
  prompt: {
    en: 'prompt changed',
    fr: 'prompt modifié',
    de: 'Prompt geändert',
    es: 'prompt cambiado',
    ja: 'プロンプト変更',
  },
} satisfies Words;

/** What the list of shots shows. */
export const showWords = {
  all: { en: 'All shots', fr: 'Tous les plans', de: 'Alle Einstellungen', es: 'Todos los planos', ja: 'すべて' },
  changed: { en: 'Changed', fr: 'Modifiés', de: 'Geänderte', es: 'Cambiados', ja: '変更あり' },
  untaken: { en: 'Without a take', fr: 'Sans prise', de: 'Ohne Take', es: 'Sin toma', ja: 'テイクなし' },
  failed: { en: 'Failed', fr: 'En échec', de: 'Fehlgeschlagene', es: 'Fallidos', ja: '失敗' },
  undecided: { en: 'Undecided', fr: 'À décider', de: 'Unentschiedene', es: 'Por decidir', ja: '未決定' },
} satisfies Words;
