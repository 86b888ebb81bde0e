/** Pairing with a companion on another machine: its certificate is checked first, then the six digits are traded for a token. */
import { randomUUID } from 'node:crypto';
import https from 'node:https';
import { z } from 'zod';
import { InbetweenError, problem } from '../../../shared/problem';
import { pairEndpoint } from '../../../shared/protocol/pages';
import { assertFingerprint, pinned, seeCertificate, type Address, type KnownCompanion } from './pin';

export interface PairWish extends Address {
  /** Six digits off the companion. */
  readonly code: string;
  /** SHA-256 of its certificate, as it shows it beside the digits. */
  readonly fingerprint: string;
}

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 65_536;

const zRefusal = z.object({ problem: z.object({ code: z.string(), message: z.string(), action: z.string() }) });

/** Throws InbetweenError "unauthorised" (another certificate; the code was not sent), "pairing-failed" or "companion-unavailable". */
export async function pairWith({ code, fingerprint, ...address }: PairWish): Promise<KnownCompanion> {
  const certificate = await seeCertificate(address, TIMEOUT_MS);
  assertFingerprint(certificate, fingerprint);
  const client = { name: 'inbetween connect', instance: randomUUID() };
  const answer: unknown = JSON.parse(await post(address, certificate, JSON.stringify({ code, client })));
  const paired = pairEndpoint.output.safeParse(answer);
  if (paired.success) return { certificate, token: paired.data.token };
  const refusal = zRefusal.safeParse(answer);
  throw new InbetweenError(
    problem({
      code: 'pairing-failed',
      message: refusal.success ? refusal.data.problem.message : 'The companion did not pair.',
      safe: 'Nothing was changed.',
      action: refusal.success ? refusal.data.problem.action : 'Let it show a new code, then try that.',
      retry: true,
    }),
  );
}

function post({ host, port }: Address, certificate: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { method, path } = pairEndpoint;
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const request = https.request({ host, port, method, path, headers, timeout: TIMEOUT_MS, ...pinned(certificate) });
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > MOST_BYTES) response.destroy(new Error('the answer is too long'));
      });
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(body);
  });
}
