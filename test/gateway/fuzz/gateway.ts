/** One round against a real gateway on a real port: nonsense by the thousand, and after it everything must be as it was. */
import fc from 'fast-check';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BoardStore, type FarmPort } from '../../../companion-app/gateway';
import { RawClient } from '../support/raw-client';
import { startRig } from '../support/rig';
import { randomOf, spoilt } from './bytes';
import { almostRight, FRAMES } from './messages';
import { fuzzRequests, TICKET } from './requests';

export interface GatewayRound {
  readonly seed: number;
  readonly messages: number;
  readonly requests: number;
}

/** Sent before an answer to a ping is waited for. */
const BATCH = 250;

/** Whatever lies in the folder of the round that has no business there. */
async function strays(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const own = /^(boards|paired\.json|clip\.mov|boards[\\/][0-9a-f]{64}(\.part)?)$/;
  const received = /^received([\\/][0-9a-z_-]{8,80}([\\/][0-9a-f]{64}(\.part)?)?)?$/;
  return names.filter((name) => !own.test(name) && !received.test(name));
}

/**
 * Runs one round. Throws an Error that names the seed when the gateway stopped answering, failed for a reason of its own, or left a
 * file anywhere but among its boards.
 */
export async function fuzzGateway({ seed, messages, requests }: GatewayRound): Promise<void> {
  const clips = { clipPath: (id: string) => Promise.resolve(id === 'job-0001' ? clip : null) };
  const farm: FarmPort = {
    admits: (_job, ticket) => ticket === TICKET,
    board: () => Promise.resolve(clip),
    results: (job) => BoardStore.open({ folder: path.join(rig.folder, 'received', job), maxBytes: 2 ** 36 }),
  };
  const rig = await startRig({ clips, farm, limits: { badMessages: 1_000_000, headersMs: 200 } });
  const clip = path.join(rig.folder, 'clip.mov');
  const fail = (why: string): Error => new Error(`seed ${seed}: ${why}`);
  try {
    await writeFile(clip, '0123456789');
    const random = randomOf(seed);
    const structured = fc.sample(almostRight, { seed, numRuns: Math.ceil(messages / 2) });
    let client = await RawClient.welcomed(rig, 'fuzz');
    for (let sent = 0; sent < messages;) {
      for (const end = Math.min(messages, sent + BATCH); sent < end; sent += 1) {
        const text = structured[sent >> 1];
        const frame = FRAMES[random(FRAMES.length)];
        if (sent % 2 === 0 && text !== undefined) client.socket.send(text);
        else if (frame) {
          const bytes = spoilt(frame.bytes, random);
          client.socket.send(frame.binary ? bytes : bytes.toString('utf8'), { binary: frame.binary });
        }
      }
      const ref = `sync-${sent}`;
      client.say({ type: 'ping', ref });
      client = await answered(client, ref, () => RawClient.welcomed(rig, 'fuzz'), fail);
    }
    await client.close();
    await fuzzRequests(rig.port, rig.token, random, requests);
    const sane = await RawClient.welcomed(rig, 'sane');
    sane.say({ type: 'ping', ref: 'alive' });
    await sane.next('pong');
    await sane.close();
    const own = rig.log.filter(({ text }) => /reason of our own|request failed/.test(text));
    if (own.length > 0) throw fail(`the gateway failed by itself: ${String(own[0]?.fields.error)}`);
    const stray = await strays(rig.folder);
    if (stray.length > 0) throw fail(`files out of place: ${stray.join(', ')}`);
  } finally {
    await rig.close();
  }
}

/** Reads up to the answer of a ping; a connection that was closed for what it said is followed by another. */
async function answered(
  client: RawClient,
  ref: string,
  again: () => Promise<RawClient>,
  fail: (why: string) => Error,
): Promise<RawClient> {
  for (;;) {
    const message = await client.any().catch(() => null);
    if (message === null) {
      const { code } = await client.closed;
      if (code === 1006) throw fail('the connection broke');
      return again();
    }
    if (message.type === 'pong' && message.ref === ref) return client;
  }
}
