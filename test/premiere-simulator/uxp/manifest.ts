/** The permissions a plugin's manifest asks for, as the runtime grants them. */
import { z } from 'zod';

const Manifest = z.object({
  requiredPermissions: z
    .object({
      network: z.object({ domains: z.union([z.literal('all'), z.array(z.string())]) }).optional(),
      localFileSystem: z.enum(['plugin', 'request', 'fullAccess']).optional(),
      launchProcess: z
        .object({ schemes: z.array(z.string()).optional(), extensions: z.array(z.string()).optional() })
        .optional(),
    })
    .optional(),
});

export interface Permissions {
  readonly domains: 'all' | readonly string[];
  /** [D] `plugin` and `request`: the plugin's own folders, and what a person picked; `fullAccess`: every path. */
  readonly files: 'plugin' | 'request' | 'fullAccess';
  readonly schemes: readonly string[];
  readonly extensions: readonly string[];
}

/** What a simulator grants that was given no manifest. */
export const EVERYTHING: Permissions = {
  domains: 'all',
  files: 'fullAccess',
  schemes: ['https', 'inbetween'],
  extensions: [''],
};

/** Reads a manifest.json's contents; throws where its permissions are malformed. */
export function permissionsOf(manifest: unknown): Permissions {
  const asked = Manifest.parse(manifest).requiredPermissions;
  return {
    domains: asked?.network?.domains ?? [],
    files: asked?.localFileSystem ?? 'plugin',
    schemes: asked?.launchProcess?.schemes ?? [],
    extensions: asked?.launchProcess?.extensions ?? [],
  };
}

/**
 * Whether a URL may be dialled: scheme, host and port have to be listed exactly [D]; "*" stands for a label of the host.
 * [R] "all" within a list makes the whole list void.
 */
export function mayDial(domains: Permissions['domains'], url: URL): boolean {
  if (domains === 'all') return true;
  if (domains.includes('all')) return false;
  return domains.some((entry) => {
    const [, scheme, host, port] = /^(wss?|https?):\/\/([^/:]+|\[[^\]]+\])(?::(\d+))?\/?$/.exec(entry) ?? [];
    if (scheme === undefined || host === undefined || `${scheme}:` !== url.protocol) return false;
    const pattern = new RegExp(`^${host.replace(/[.[\]]/g, '\\$&').replace(/\*/g, '[^.]+')}$`, 'i');
    return pattern.test(url.hostname) && portOf(scheme, port ?? '') === portOf(scheme, url.port);
  });
}

function portOf(scheme: string, port: string): string {
  if (port !== '') return port;
  return scheme === 'wss' || scheme === 'https' ? '443' : '80';
}
