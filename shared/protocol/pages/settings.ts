/** What a person can set, and who is paired. */
import { z } from 'zod';
import { zSettings, zSettingsPatch } from '../settings';
import { endpoint, zNothing } from './endpoint';

export const settingsEndpoint = endpoint({ method: 'GET', path: '/api/settings', input: zNothing, output: zSettings });

/** Answers with everything as it is then. */
export const changeSettingsEndpoint = endpoint({
  method: 'POST',
  path: '/api/settings',
  input: zSettingsPatch,
  output: zSettings,
});

const zClients = z.object({
  clients: z.array(
    z.object({
      name: z.string(),
      instance: z.string(),
      /** Milliseconds since 1970. */
      pairedAt: z.number(),
    }),
  ),
});
export type Clients = z.output<typeof zClients>;

export const clientsEndpoint = endpoint({
  method: 'GET',
  path: '/api/settings/clients',
  input: zNothing,
  output: zClients,
});

/** Forgets a paired client, which has to pair again; one that is connected goes on until it hangs up. */
export const revokeEndpoint = endpoint({
  method: 'POST',
  path: '/api/settings/revoke',
  input: z.object({ instance: z.string().min(1).max(64) }),
  output: zClients,
});

/** Six digits for pairing another panel or page; older ones stop working. */
export const openCodeEndpoint = endpoint({
  method: 'POST',
  path: '/api/settings/code',
  input: zNothing,
  output: z.object({ code: z.string().regex(/^\d{6}$/) }),
});
