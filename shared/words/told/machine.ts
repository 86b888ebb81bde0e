/** What the doctor looked at, and what was found. */
import type { Entry } from '../say';

export const MACHINE: readonly Entry[] = [
  { en: 'data folder', fr: 'Dossier de données', de: 'Datenordner', es: 'Carpeta de datos', ja: 'データフォルダー' },
  {
    en: 'render process',
    fr: 'Processus de rendu',
    de: 'Renderprozess',
    es: 'Proceso de render',
    ja: 'レンダリングプロセス',
  },
  {
    en: 'provider {name}',
    fr: 'Fournisseur {name}',
    de: 'Provider {name}',
    es: 'Proveedor {name}',
    ja: 'プロバイダー {name}',
  },
  { en: 'port', fr: 'Port', de: 'Port', es: 'Puerto', ja: 'ポート' },
  { en: 'panel', fr: 'Panneau', de: 'Bedienfeld', es: 'Panel', ja: 'パネル' },
  {
    en: '{folder}, {free} free',
    fr: '{folder}, {free} libres',
    de: '{folder}, {free} frei',
    es: '{folder}, {free} libres',
    ja: '{folder}、空き{free}',
  },
  {
    en: 'engines: {list}',
    fr: 'moteurs : {list}',
    de: 'Engines: {list}',
    es: 'motores: {list}',
    ja: 'エンジン：{list}',
  },
  {
    en: '{file} does not start',
    fr: '{file} ne démarre pas',
    de: '{file} startet nicht',
    es: '{file} no arranca',
    ja: '{file}が起動しません',
  },
  {
    en: 'works ({ms} ms)',
    fr: 'fonctionne ({ms} ms)',
    de: 'funktioniert ({ms} ms)',
    es: 'funciona ({ms} ms)',
    ja: '動作します（{ms} ms）',
  },
  {
    en: 'not here: {reason}',
    fr: 'absent : {reason}',
    de: 'nicht vorhanden: {reason}',
    es: 'no disponible: {reason}',
    ja: '使用不可：{reason}',
  },
  {
    en: 'the companion listens on port {port}',
    fr: 'le compagnon écoute sur le port {port}',
    de: 'der Companion lauscht auf Port {port}',
    es: 'Inbetween escucha en el puerto {port}',
    ja: 'コンパニオンはポート{port}で待ち受けています',
  },
  {
    en: 'none is connected at this moment',
    fr: 'aucun n’est connecté pour le moment',
    de: 'im Augenblick ist keines verbunden',
    es: 'ahora mismo no hay ninguno conectado',
    ja: '現在接続されていません',
  },
  {
    en: '{panel}; the companion is {version}',
    fr: '{panel} ; le compagnon est {version}',
    de: '{panel}; der Companion ist {version}',
    es: '{panel}; la aplicación es {version}',
    ja: '{panel}（コンパニオンは{version}）',
  },
];
