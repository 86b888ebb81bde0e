/** The certificate a companion shows to other machines: made once, kept for this user alone, known by its fingerprint. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, open, readFile, rename, rm } from 'node:fs/promises';
import net from 'node:net';
import { generate } from 'selfsigned';
import type { Clock, Log } from '../ports';
import { systemCode } from '../storage-problem';

export interface Identity {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
  /** SHA-256 of the certificate's bytes, 64 lower-case hex digits. */
  readonly fingerprint: string;
}

export interface IdentityOptions {
  readonly file: string;
  /** Host names and addresses that it is made for. Clients pin the certificate, so a later name needs no new one. */
  readonly names: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

const YEARS = 20;
const YEAR_MS = 365 * 86_400_000;

/** SHA-256 of a certificate in PEM or DER, 64 lower-case hex digits. */
export const fingerprintOf = (certificate: string | Buffer): string =>
  new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase();

/** Reads the identity, or makes one. A file that holds none is set aside as `.broken`: every client has to pin anew. */
export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { file, log } = options;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) {
    await chmod(file, 0o600);
    const known = parse(text);
    if (known) return known;
    await rename(file, `${file}.broken`);
    log.warn({ file }, 'the certificate was damaged and set aside; other machines have to pin the new one');
  }
  const made = await make(options);
  await keep(file, `${made.key}\n${made.certificate}\n`);
  return made;
}

function parse(text: string): Identity | null {
  const key = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(text)?.[0];
  const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text)?.[0];
  if (key === undefined || certificate === undefined) return null;
  try {
    if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))) return null;
    return { key, certificate, fingerprint: fingerprintOf(certificate) };
  } catch {
    return null;
  }
}

async function make({ names, clock }: IdentityOptions): Promise<Identity> {
  const began = clock.now();
  const altNames = names.map((name) =>
    net.isIP(name) === 0 ? { type: 2 as const, value: name } : { type: 7 as const, ip: name },
  );
  const made = await generate([{ name: 'commonName', value: 'Inbetween companion' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(began - 86_400_000),
    notAfterDate: new Date(began + YEARS * YEAR_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { key: made.private.trim(), certificate: made.cert.trim(), fingerprint: fingerprintOf(made.cert) };
}

async function keep(file: string, text: string): Promise<void> {
  const temporary = `${file}.new`;
  await rm(temporary, { force: true });
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}
