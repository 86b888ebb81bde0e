/** What `serve --remote` opens: which addresses, under which names, with which certificate. */
import { hostname, networkInterfaces } from 'node:os';
import net from 'node:net';
import { InbetweenError } from '../../../shared/problem';
import { openIdentity, systemClock, type Log, type RemoteDoor } from '../../gateway';

export interface RemoteConfig {
  /** Addresses to listen on; all of this machine's own but loopback where empty. */
  readonly addresses: readonly string[];
  /** Names other machines call this one by, beyond its host name and the addresses. */
  readonly names: readonly string[];
}

/** Addresses of this machine that others can reach: no loopback, no link-local IPv6, which would need a zone. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, address }) => !internal && !address.toLowerCase().startsWith('fe80:'))
    .map(({ address }) => address);
}

/**
 * Throws InbetweenError "shot-invalid" for what is no single address: "0.0.0.0" would also open what is meant to stay shut, and
 * 127.0.0.1 and ::1 are open already, without TLS.
 */
export async function remoteDoor({ addresses, names }: RemoteConfig, file: string, log: Log): Promise<RemoteDoor> {
  const chosen = addresses.length > 0 ? addresses : ownAddresses();
  const wrong = chosen.find(
    (address) => net.isIP(address) === 0 || ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(address),
  );
  if (wrong !== undefined || chosen.length === 0)
    throw new InbetweenError({
      code: 'shot-invalid',
      message:
        wrong === undefined
          ? 'This machine has no address that others could reach.'
          : `${wrong} cannot be opened to other machines.`,
      safe: 'Nothing was started or changed.',
      action: 'Give addresses of this machine, "--remote 192.168.1.20".',
    });
  const all = [...new Set([...chosen, hostname().toLowerCase(), ...names.map((name) => name.toLowerCase())])];
  const identity = await openIdentity({ file, names: all, clock: systemClock, log });
  return { addresses: chosen, names: all, identity };
}

/** A fingerprint as people compare it: pairs of digits with colons. */
export const readable = (fingerprint: string): string => (fingerprint.toUpperCase().match(/../g) ?? []).join(':');
