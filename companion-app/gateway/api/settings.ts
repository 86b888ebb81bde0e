/** Settings and paired clients. */
import type { Settings, SettingsPatch } from '../../../shared/protocol';
import {
  changeSettingsEndpoint,
  clientsEndpoint,
  openCodeEndpoint,
  revokeEndpoint,
  settingsEndpoint,
  type Clients,
} from '../../../shared/protocol/pages';
import { route, type Route } from './route';

export interface SettingsPort {
  get(): Settings;
  /** Throws InbetweenError for what is no valid setting or cannot be written. */
  change(patch: SettingsPatch): Promise<Settings>;
  clients(): Clients['clients'];
  /** Forgets one; nobody of that name is fine too. */
  revoke(instance: string): Promise<void>;
  /** New digits for pairing. */
  openCode(): string;
}

export function settingsRoutes(port: SettingsPort): Route[] {
  return [
    route(settingsEndpoint, () => Promise.resolve(port.get())),
    route(changeSettingsEndpoint, (patch) => port.change(patch)),
    route(clientsEndpoint, () => Promise.resolve({ clients: port.clients() })),
    route(revokeEndpoint, async ({ instance }) => {
      await port.revoke(instance);
      return { clients: port.clients() };
    }),
    route(openCodeEndpoint, () => Promise.resolve({ code: port.openCode() })),
  ];
}
