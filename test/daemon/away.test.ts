/** Who is there while the night goes on: nobody, two panels, one older or newer than the companion. */
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { z } from 'zod';
import { PROTOCOL } from '../../shared/protocol';
import { sha, spec, tempFolder, until } from '../queue/fixtures/specs';
import { install, serve, type Served } from './fixtures/installed';
import { Panel } from './fixtures/panel';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let daemon: Served;
beforeAll(install);
beforeEach(async () => {
  folder = await tempFolder();
  daemon = await serve(folder.path);
});
afterEach(async () => {
  daemon.child.kill('SIGKILL');
  await daemon.ended;
  await folder.remove();
});

it('has everything ready for a panel that was gone all night, over a restart too', async () => {
  const { panel, hello } = await Panel.connect(daemon.port, { code: daemon.pairing });
  await panel.submit(
    [1, 2, 3].map((n) => spec(n, { board: sha('b'), notes: 'steps=4 delay=30' })),
    ['b'],
  );
  panel.close();
  await panel.closed;
  daemon.child.kill('SIGTERM');
  expect(await daemon.ended).toBe(0);
  daemon = await serve(folder.path);
  const { panel: watcher } = await Panel.connect(daemon.port, { code: daemon.pairing });
  const rendered = async (): Promise<boolean> =>
    (await watcher.ask({ type: 'list', ref: watcher.ref(), states: ['rendered'] }, 'list-ack')).total === 3;
  await until(rendered);
  watcher.close();

  const { panel: back } = await Panel.connect(daemon.port, { token: hello.token! });
  const seqs: number[] = [];
  back.on((message) => message.type === 'event' && seqs.push(message.event.seq));
  const { seq } = await back.ask({ type: 'since', ref: back.ref(), seq: hello.seq }, 'caught-up');
  expect(seqs).toEqual(Array.from({ length: seq - hello.seq }, (_, n) => hello.seq + n + 1));
  const { jobs } = await back.ask({ type: 'list', ref: back.ref(), states: ['rendered'] }, 'list-ack');
  for (const { spec: job } of jobs)
    expect((await back.ask({ type: 'deliver', ref: back.ref(), jobId: job.id }, 'deliver-ack')).job.state).toBe(
      'delivered',
    );
});

it('is one queue for two panels: one job for both, the same facts to both, placed once', async () => {
  const { panel: one, hello } = await Panel.connect(daemon.port, { code: daemon.pairing });
  const { panel: two } = await Panel.connect(daemon.port, { token: hello.token! });
  const heard: string[][] = [[], []];
  for (const [n, panel] of [one, two].entries()) {
    panel.on((message) => message.type === 'event' && heard[n]!.push(`${message.event.seq} ${message.event.state}`));
    await panel.ask({ type: 'since', ref: panel.ref(), seq: 0 }, 'caught-up');
  }
  const job = spec(1, { board: sha('b') });
  await Promise.all([one.submit([job], ['b']), two.submit([job], []).catch(() => undefined)]);
  await until(() => heard.every((each) => each.some((line) => line.endsWith(' rendered'))));
  const placement = { trackIndex: 1, startFrame: 0, frames: 24, name: 'SH010' };
  for (const panel of [one, two]) {
    await panel.ask({ type: 'deliver', ref: panel.ref(), jobId: job.id }, 'deliver-ack');
    await panel.ask({ type: 'placed', ref: panel.ref(), jobId: job.id, placement }, 'placed-ack');
  }
  await until(() => heard.every((each) => each.some((line) => line.endsWith(' placed'))));
  expect(heard[0]).toEqual(heard[1]);
  expect(heard[0]!.map((line) => line.split(' ')[1])).toEqual([
    ...['queued', 'rendering', 'rendered', 'delivered', 'placed'],
  ]);
});

/** Speaks JSON without the schemas of this version. */
class OtherVersion {
  readonly #socket: WebSocket;
  readonly #heard: unknown[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => data instanceof Buffer && this.#heard.push(JSON.parse(data.toString('utf8'))));
  }

  static async connect(port: number): Promise<OtherVersion> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
    const other = new OtherVersion(socket);
    await new Promise((resolve) => socket.once('open', resolve));
    return other;
  }

  async ask<T>(message: object, answer: z.ZodType<T>): Promise<T> {
    this.#socket.send(JSON.stringify(message));
    return until(() => this.#heard.map((each) => answer.safeParse(each).data).find((each) => each !== undefined));
  }
}

const client = { name: 'panel', version: '0', instance: randomUUID() };
const zHello = z.object({ type: z.literal('hello-ack'), protocol: z.object({ major: z.number(), minor: z.number() }) });
const zError = (ref: string) =>
  z.object({
    type: z.literal('error'),
    ref: z.literal(ref),
    fatal: z.literal(false),
    problem: z.object({ code: z.string() }),
  });

it.each([
  ['an older panel', { major: PROTOCOL.major, minor: 0 }],
  ['a newer panel', { major: PROTOCOL.major, minor: 99 }],
])('serves %s: what it adds is passed over, what is not known is said and harms nobody', async (_who, protocol) => {
  const other = await OtherVersion.connect(daemon.port);
  const auth = { code: daemon.pairing };
  await other.ask({ type: 'hello', protocol, client, auth, colour: 'green' }, zHello);
  const { id, ...rest } = spec(1, { board: sha('b') });
  const submit = { type: 'submit', ref: 's', jobs: [{ ...rest, id, mood: 'a field of tomorrow' }], whim: 1 };
  const zAck = z.object({ type: z.literal('submit-ack'), jobs: z.array(z.object({ state: z.string() })) });
  expect((await other.ask(submit, zAck)).jobs).toEqual([{ state: 'queued' }]);
  expect((await other.ask({ type: 'teleport', ref: 't' }, zError('t'))).problem.code).toBe('unknown-type');
  const zPong = z.object({ type: z.literal('pong'), ref: z.literal('p') });
  await other.ask({ type: 'ping', ref: 'p' }, zPong);
});

it('tells a panel of another major version which side to update', async () => {
  const other = await OtherVersion.connect(daemon.port);
  const protocol = { major: PROTOCOL.major + 1, minor: 0 };
  const zFatal = z.object({
    type: z.literal('error'),
    fatal: z.literal(true),
    problem: z.object({ code: z.string(), action: z.string() }),
  });
  const { problem } = await other.ask({ type: 'hello', protocol, client, auth: { code: daemon.pairing } }, zFatal);
  expect(problem.code).toBe('version-mismatch');
  expect(problem.action).toContain('companion');
});
