/** Settings and paired clients, off their files. */
import type { SettingsPort } from '../../gateway';
import type { PageParts } from './parts';

export const settingsPort = ({ settings, pairing }: Pick<PageParts, 'settings' | 'pairing'>): SettingsPort => ({
  get: () => settings.get(),
  change: (patch) => settings.change(patch),
  clients: () => [...pairing.pairedClients],
  revoke: (instance) => pairing.revoke(instance),
  openCode: () => pairing.openCode(),
});
