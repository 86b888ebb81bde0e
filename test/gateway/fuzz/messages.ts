/** Everything a client may say, right; and right but for a few places, by fast-check. */
import fc from 'fast-check';
import { encodeChunk, PROTOCOL, type ClientMessage } from '../../../shared/protocol';
import { boardBytes, jobSpec, placement, sha256 } from '../support/samples';

const board = boardBytes(5_000, 7);
const jobId = 'job-0001';

/** One of each. */
export const VALID: readonly ClientMessage[] = [
  { type: 'submit', ref: 's', jobs: [jobSpec(jobId, { board: sha256(board) }), jobSpec('job-0002')] },
  { type: 'have', ref: 'h', boards: [sha256(board), sha256('x')] },
  { type: 'upload-begin', ref: 'u', sha256: sha256(board), bytes: board.length, name: 'board.png' },
  { type: 'upload-abort', transfer: 1 },
  { type: 'since', ref: 'e', seq: 0 },
  { type: 'list', ref: 'l', offset: 0, limit: 10 },
  { type: 'deliver', ref: 'd', jobId },
  { type: 'placed', ref: 'p', jobId, placement },
  { type: 'cancel', ref: 'c', jobIds: [jobId] },
  { type: 'retry', ref: 'r', jobIds: [jobId] },
  { type: 'pause', ref: 'q', paused: true },
  { type: 'verdict', ref: 'v', jobId, verdict: 'rejected', reason: 'too fast', by: 'panel' },
  { type: 'cut', ref: 'k', sequenceId: 'sequence', takes: [{ jobId, frames: 12 }] },
  { type: 'review-time', ref: 't', jobId, seconds: 4 },
  { type: 'reorder', ref: 'o', jobIds: [jobId], to: 'front' },
  { type: 'prune', ref: 'n', states: ['cancelled'] },
  { type: 'host-busy', ref: 'b', busy: true },
  { type: 'ping', ref: 'i' },
  {
    type: 'hello',
    protocol: PROTOCOL,
    client: { name: 'fuzz', version: '0', instance: 'fuzz' },
    auth: { token: 'x'.repeat(43) },
  },
];

/** Frames as they go over the wire: texts, and chunks of one board. */
export const FRAMES: readonly { readonly bytes: Buffer; readonly binary: boolean }[] = [
  ...VALID.map((message) => ({ bytes: Buffer.from(JSON.stringify(message)), binary: false })),
  ...[1, 2, 3].map((transfer) => ({
    bytes: Buffer.from(encodeChunk({ transfer, offset: 0, payload: board.subarray(0, 900) })),
    binary: true,
  })),
];

const ODD: readonly unknown[] = [
  ...[null, true, -1, 0, 0.5, 1e308, Number.MAX_SAFE_INTEGER + 2, '', 'x'.repeat(5_000)],
  ...['__proto__', 'constructor', '../../etc/passwd', '\\\\evil\\share', 'CON', '\u0000', '\ud800', [], {}],
  { __proto__: { admin: true } },
  Array.from({ length: 600 }, () => jobId),
];

/** Places of a value: the value itself, then everything in it. */
function places(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [at, ...inside.flatMap(([key, part]) => places(part, [...at, key]))];
}

/** The value with another one at a place; `undefined` takes the place away. */
function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((part: unknown, i) => (String(i) === key ? changed(part, rest, to) : part));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => [
      name,
      name === key ? changed(part, rest, to) : part,
    ]),
  );
}

/** Messages that are right but for up to four places. */
export const almostRight: fc.Arbitrary<string> = fc
  .constantFrom(...VALID)
  .chain((message) =>
    fc
      .array(
        fc.tuple(
          fc.constantFrom(...places(message)),
          fc.oneof(fc.constantFrom(...ODD), fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)),
        ),
        { maxLength: 4 },
      )
      .map((edits) =>
        JSON.stringify(edits.reduce<unknown>((value, [at, to]) => changed(value, at, to), message) ?? null),
      ),
  );
