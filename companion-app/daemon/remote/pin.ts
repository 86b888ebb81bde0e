/** Knowing a companion on another machine by its certificate: seen once at pairing, compared with what its screen shows, then kept. */
import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import { fingerprintOf } from '../../gateway';
import { writeWhole } from '../../queue/files';

/** Where a companion on another machine is. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const SAFE = 'Nothing was sent to it.';

/** "wss://render-box:47810" as an address. Throws InbetweenError "shot-invalid" for anything else. */
export function addressOf(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'wss:' && url.port !== '' && url.pathname === '/' && url.username === '' && url.search === '')
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) };
  throw new InbetweenError({
    code: 'shot-invalid',
    message: `${text} is no address of a companion.`,
    safe: SAFE,
    action: 'Write it as wss://name:port, as the companion shows it.',
  });
}

/** The certificate that is shown there, in PEM. Nothing is sent but the handshake. */
export function seeCertificate({ host, port }: Address, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // Whose certificate it is gets decided by its fingerprint; no data goes over this connection.
    const socket = tls.connect({ host, port, rejectUnauthorized: false, timeout: timeoutMs }, () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate) resolve(certificate.toString());
      else reject(unreachable(host, port));
    });
    socket.on('error', (error) => reject(unreachable(host, port, error)));
    socket.on('timeout', () => socket.destroy(new Error('no answer in time')));
  });
}

const unreachable = (host: string, port: number, cause?: unknown): InbetweenError =>
  new InbetweenError(
    {
      code: 'companion-unavailable',
      message: `No companion answers at ${host}, port ${port}.`,
      safe: 'Queued shots go on rendering.',
      action: 'Start it there with "inbetween serve --remote", and let its port through the firewall.',
      retry: true,
    },
    { cause },
  );

/** Throws InbetweenError "unauthorised" unless the certificate has this fingerprint, typed with or without colons. */
export function assertFingerprint(certificate: string, typed: string): void {
  const wanted = Buffer.from(typed.replace(/[\s:]/g, '').toLowerCase());
  const shown = Buffer.from(fingerprintOf(certificate));
  if (wanted.length === shown.length && timingSafeEqual(wanted, shown)) return;
  throw new InbetweenError({
    code: 'unauthorised',
    message:
      'The certificate shown there is not the one of this fingerprint: it is another machine, or somebody is in between.',
    safe: SAFE,
    action: 'Read the fingerprint off the companion again.',
  });
}

/** For every connection to that companion: this certificate and no other, whatever name it bears. */
export const pinned = (certificate: string) => ({
  ca: certificate,
  rejectUnauthorized: true,
  minVersion: 'TLSv1.3' as const,
  checkServerIdentity: () => undefined,
});

const zKnown = z.object({
  version: z.literal(1),
  companions: z.record(
    z.string(),
    z.object({ certificate: z.string().max(20_000), token: z.string().min(1).max(256) }),
  ),
});
export type KnownCompanion = z.output<typeof zKnown>['companions'][string];

/** The companion that was paired under this address, or null. */
export async function knownCompanion(file: string, { host, port }: Address): Promise<KnownCompanion | null> {
  return (await readKnown(file)).companions[`${host}:${port}`] ?? null;
}

/** Keeps a companion's certificate and token, for this user alone. */
export async function keepCompanion(file: string, { host, port }: Address, known: KnownCompanion): Promise<void> {
  const { companions } = await readKnown(file);
  await writeWhole(file, JSON.stringify({ version: 1, companions: { ...companions, [`${host}:${port}`]: known } }));
}

async function readKnown(file: string): Promise<z.output<typeof zKnown>> {
  try {
    return zKnown.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return { version: 1, companions: {} };
  }
}
