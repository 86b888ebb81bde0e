/** What both sides hold to: chunks, messages, versions, errors. */
import fc from 'fast-check';
import {
  CHUNK_HEADER_BYTES,
  decodeChunk,
  encodeChunk,
  LIMITS,
  readClientMessage,
  readCompanionMessage,
  readObject,
  sideToUpdate,
  zClientMessage,
  zCompanionMessage,
  zProblem,
} from '../../shared/protocol';
import { ERROR_CODES, InbetweenError, problem, toProblem } from '../../shared/problem';
import { jobSpec, placement, sha256, take } from '../gateway/support/samples';

describe('chunks', () => {
  const anyChunk = fc.record({
    transfer: fc.integer({ min: 1, max: 0xffff_ffff }),
    offset: fc.maxSafeNat(),
    payload: fc.uint8Array({ minLength: 1, maxLength: 3_000 }),
  });

  test('what was encoded is what is decoded, wherever the frame lies in memory', () => {
    fc.assert(
      fc.property(anyChunk, fc.nat({ max: 50 }), (chunk, shift) => {
        const frame = encodeChunk(chunk);
        expect(frame).toHaveLength(CHUNK_HEADER_BYTES + chunk.payload.length);
        const shifted = new Uint8Array(shift + frame.length);
        shifted.set(frame, shift);
        expect(decodeChunk(shifted.subarray(shift))).toEqual(chunk);
      }),
    );
  });

  test('anything else is no chunk, and is never more than said no to', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const chunk = decodeChunk(bytes);
        if (chunk) expect(encodeChunk(chunk)).toEqual(bytes);
      }),
    );
    const good = encodeChunk({ transfer: 1, offset: 0, payload: new Uint8Array([1]) });
    const changed = (at: number, to: number): Uint8Array => good.map((byte, index) => (index === at ? to : byte));
    expect(decodeChunk(good)).not.toBeNull();
    expect(decodeChunk(good.subarray(0, 16))).toBeNull();
    expect(decodeChunk(changed(0, 0))).toBeNull();
    expect(decodeChunk(changed(4, 0))).toBeNull(); // transfer 0
    expect(decodeChunk(changed(14, 0x20))).toBeNull(); // beyond the safe integers
    expect(decodeChunk(changed(15, 0x80))).toBeNull();
  });

  test('the longest payload fits, one byte more does not', () => {
    const longest = {
      transfer: 0xffff_ffff,
      offset: Number.MAX_SAFE_INTEGER,
      payload: new Uint8Array(LIMITS.chunkBytes),
    };
    expect(decodeChunk(encodeChunk(longest))).toEqual(longest);
    expect(() => encodeChunk({ ...longest, payload: new Uint8Array(LIMITS.chunkBytes + 1) })).toThrow(RangeError);
    const over = new Uint8Array(CHUNK_HEADER_BYTES + LIMITS.chunkBytes + 1);
    over.set(encodeChunk(longest).subarray(0, 16));
    expect(decodeChunk(over)).toBeNull();
  });

  test.each([
    { transfer: 0, offset: 0 },
    { transfer: 1.5, offset: 0 },
    { transfer: 2 ** 32, offset: 0 },
    { transfer: 1, offset: -1 },
    { transfer: 1, offset: 2 ** 53 },
    { transfer: 1, offset: Number.NaN },
  ])('%p cannot be sent', (head) => {
    expect(() => encodeChunk({ ...head, payload: new Uint8Array([1]) })).toThrow(RangeError);
    expect(() => encodeChunk({ transfer: 1, offset: 0, payload: new Uint8Array() })).toThrow(RangeError);
  });
});

describe('messages', () => {
  const hash = sha256('x');
  const jobId = 'job-0001';
  const clientMessages: unknown[] = [
    {
      type: 'hello',
      protocol: { major: 1, minor: 0 },
      client: { name: 'p', version: '1', instance: 'i' },
      auth: { token: 't' },
    },
    {
      type: 'hello',
      protocol: { major: 1, minor: 0 },
      client: { name: 'p', version: '1', instance: 'i' },
      auth: { code: '012345' },
    },
    { type: 'submit', ref: 'r', jobs: [jobSpec(jobId)] },
    { type: 'have', ref: 'r', boards: [hash] },
    { type: 'upload-begin', ref: 'r', sha256: hash, bytes: 1, name: '../../“emoji 👀”' },
    { type: 'upload-abort', transfer: 1 },
    { type: 'since', ref: 'r', seq: 0, sequenceId: 's' },
    { type: 'list', ref: 'r', states: ['queued'], sequenceId: 's', offset: 0, limit: 500 },
    { type: 'deliver', ref: 'r', jobId },
    { type: 'placed', ref: 'r', jobId, placement },
    { type: 'cancel', ref: 'r', jobIds: [jobId] },
    { type: 'retry', ref: 'r', jobIds: [jobId] },
    { type: 'pause', ref: 'r', paused: true },
    { type: 'host-busy', ref: 'r', busy: true },
    { type: 'prune', ref: 'r', states: ['failed'] },
    { type: 'reorder', ref: 'r', jobIds: ['job-000001'], to: { before: 'job-000002' } },
    { type: 'verdict', ref: 'r', jobId, verdict: 'rejected', reason: 'too fast', by: 'panel' },
    { type: 'verdict', ref: 'r', jobId, verdict: 'none', by: 'page' },
    { type: 'cut', ref: 'r', sequenceId: 's', takes: [{ jobId, frames: 0 }] },
    { type: 'review-time', ref: 'r', jobId, seconds: 1.5 },
    { type: 'ping', ref: 'r' },
  ];
  const told = problem({ code: 'shot-empty', message: 'Empty.' });
  const row = {
    spec: jobSpec(jobId),
    state: 'rendered',
    attempts: 1,
    order: 1,
    submittedAt: 0,
    changedAt: 0,
    take: take(),
  };
  const event = {
    seq: 1,
    at: 0,
    jobId,
    state: 'rendered',
    attempts: 1,
    shotName: 'SH010',
    sequenceId: 's',
    take: take(),
  };
  const companionMessages: unknown[] = [
    {
      type: 'hello-ack',
      protocol: { major: 1, minor: 0 },
      companion: { name: 'c', version: '1', instance: 'i' },
      capabilities: { engines: [], codecs: [], providers: [] },
      token: 't',
      seq: 0,
      limits: { textBytes: 1, chunkBytes: 1, windowBytes: 1, boardBytes: 1 },
    },
    {
      type: 'submit-ack',
      ref: 'r',
      jobs: [
        { jobId, state: 'queued', known: false },
        { jobId, known: false, problem: told },
      ],
      missing: [hash],
    },
    { type: 'have-ack', ref: 'r', missing: [] },
    { type: 'upload-ready', ref: 'r', transfer: 0, offset: 0 },
    { type: 'upload-ack', transfer: 1, offset: 1 },
    { type: 'upload-done', transfer: 1, sha256: hash },
    { type: 'event', ref: 'r', event },
    { type: 'event', event },
    { type: 'caught-up', ref: 'r', seq: 1 },
    {
      type: 'progress',
      progress: { jobId, stage: 'frames', done: 1, of: 2, secondsLeft: { low: 1, likely: 2, high: 3 } },
    },
    { type: 'list-ack', ref: 'r', jobs: [row], total: 1 },
    { type: 'deliver-ack', ref: 'r', job: row },
    { type: 'placed-ack', ref: 'r', jobId },
    { type: 'cancel-ack', ref: 'r', jobIds: [] },
    { type: 'retry-ack', ref: 'r', jobIds: [] },
    { type: 'pause-ack', ref: 'r', paused: true },
    { type: 'reorder-ack', ref: 'r', jobIds: ['job-000001'] },
    { type: 'prune-ack', ref: 'r', pruned: 3 },
    { type: 'host-busy-ack', ref: 'r' },
    { type: 'verdict-ack', ref: 'r', job: { ...row, verdict: { verdict: 'rejected', reason: 'dull', at: 1 } } },
    { type: 'cut-ack', ref: 'r' },
    { type: 'review-time-ack', ref: 'r' },
    { type: 'pong', ref: 'r' },
    { type: 'error', ref: 'r', problem: told, fatal: false },
  ];

  test('every type is among the samples', () => {
    const typesOf = (messages: unknown[]) => new Set(messages.map((message) => (message as { type: string }).type));
    expect(typesOf(clientMessages)).toEqual(new Set(zClientMessage.options.map((option) => option.shape.type.value)));
    expect(typesOf(companionMessages)).toEqual(
      new Set(zCompanionMessage.options.map((option) => option.shape.type.value)),
    );
  });

  test('each is read as it was written', () => {
    for (const message of clientMessages)
      expect(readClientMessage(JSON.stringify(message))).toEqual({ ok: true, message });
    for (const message of companionMessages)
      expect(readCompanionMessage(JSON.stringify(message))).toEqual({ ok: true, message });
  });

  test('what a newer version adds to a message is passed over', () => {
    for (const message of clientMessages) {
      const newer = { ...(message as object), added: { later: true } };
      expect(readClientMessage(JSON.stringify(newer))).toEqual({ ok: true, message });
    }
  });

  test('without any one of its fields, or with any one of them spoilt, a message is refused or still well-formed', () => {
    const spoilt = [null, {}, [], '', -1, 1.5, 'x'.repeat(100_000), Number.MAX_VALUE, true];
    for (const message of clientMessages) {
      for (const field of Object.keys(message as object)) {
        for (const value of [undefined, ...spoilt]) {
          const reading = readClientMessage(JSON.stringify({ ...(message as object), [field]: value }));
          if (reading.ok) expect(zClientMessage.safeParse(reading.message).success).toBe(true);
          else expect(reading.problem.message.length).toBeLessThan(500);
        }
      }
    }
  });

  test('any text is read or refused with a sentence, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json(), fc.constantFrom('', '{}', '[[[[', '{"type":{}}', '"\ud800"', '1e999')),
        (text) => {
          for (const reading of [readClientMessage(text), readCompanionMessage(text)]) {
            if (!reading.ok) expect(reading.problem.message).not.toBe('');
          }
        },
      ),
    );
  });

  test('a usable ref is found in a message that is refused', () => {
    expect(readClientMessage('{"type":"deliver","ref":"r7"}')).toMatchObject({ ok: false, ref: 'r7' });
    expect(readClientMessage('{"type":"what","ref":"r7"}')).toMatchObject({
      ok: false,
      ref: 'r7',
      problem: { code: 'unknown-type' },
    });
    for (const ref of ['""', '7', '{}', `"${'r'.repeat(65)}"`])
      expect(readClientMessage(`{"type":"what","ref":${ref}}`)).not.toHaveProperty('ref');
  });

  test('a prototype cannot be slipped in', () => {
    const reading = readClientMessage('{"type":"ping","ref":"r","__proto__":{"admin":true},"constructor":1}');
    expect(reading).toEqual({ ok: true, message: { type: 'ping', ref: 'r' } });
    expect(readObject('null')).toBeUndefined();
    expect(readObject('[1]')).toBeUndefined();
  });
});

test('versions: the older side is the one to update; minors get along', () => {
  const anyVersion = fc.record({ major: fc.nat(9), minor: fc.nat(9) });
  fc.assert(
    fc.property(anyVersion, anyVersion, (panel, companion) => {
      const side = sideToUpdate(panel, companion);
      if (panel.major === companion.major) expect(side).toBeNull();
      else expect(side).toBe(panel.major < companion.major ? 'panel' : 'companion');
    }),
  );
});

describe('problems', () => {
  test('every code crosses the wire; one of a newer version is read as internal, its words kept', () => {
    for (const code of ERROR_CODES) expect(zProblem.parse(problem({ code, message: 'm' })).code).toBe(code);
    const newer = { code: 'gpu-on-fire', message: 'The GPU burns.', safe: 's', action: 'Run.', retry: false };
    expect(zProblem.parse(newer)).toEqual({ ...newer, code: 'internal' });
    for (const code of ['', 7, undefined, 'x'.repeat(61)])
      expect(zProblem.safeParse({ ...newer, code }).success).toBe(false);
  });

  test('whatever is thrown becomes a problem that can be sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.string().map((text) => new InbetweenError({ code: 'busy', message: text })),
        ),
        (thrown) => {
          expect(zProblem.safeParse(toProblem(thrown)).success).toBe(true);
        },
      ),
    );
  });
});
