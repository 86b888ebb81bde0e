/** Words that more than one screen uses. */
import type { Words } from './say';

export const common = {
  cancel: { en: 'Cancel', fr: 'Annuler', de: 'Abbrechen', es: 'Cancelar', ja: 'キャンセル' },
  retry: { en: 'Retry', fr: 'Réessayer', de: 'Erneut versuchen', es: 'Reintentar', ja: '再試行' },
  close: { en: 'Close', fr: 'Fermer', de: 'Schließen', es: 'Cerrar', ja: '閉じる' },
  shots: {
    en: '{n, plural, one {# shot} other {# shots}}',
    fr: '{n, plural, one {# plan} other {# plans}}',
    de: '{n, plural, one {# Einstellung} other {# Einstellungen}}',
    es: '{n, plural, one {# plano} other {# planos}}',
    ja: '{n}ショット',
  },
} satisfies Words;
