/** The door for a farm's workers: each with the ticket of its job, files in pieces, checked, and taken up again. */
import http from 'node:http';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openIdentity, systemClock } from '../../companion-app/gateway';
import { openCarrier, openDesk } from '../../companion-app/daemon/farm';
import { farmId, connectRedis, type FarmDoor, type FarmJob } from '../../companion-app/queue/farm';
import { InbetweenError } from '../../shared/problem';
import { memoryLog, startRig, temporaryFolder, type Rig } from './support/rig';
import { boardBytes, jobSpec, sha256, take } from './support/samples';

const board = boardBytes(700_000);
const spec = jobSpec('job-000001', { board: sha256(board) });
let rig: Rig;
let desk: Awaited<ReturnType<typeof openDesk>>;
let job: FarmJob;
let id: string;
// Not asked for anything here: only where the companion is stands in Redis.
const redis = connectRedis('redis://127.0.0.1:1');

async function start(more: Parameters<typeof startRig>[0] = {}): Promise<void> {
  rig = await startRig();
  const at = (...parts: string[]): string => path.join(rig.folder, ...parts);
  const layout = { farm: { received: at('received'), secret: at('secret'), boards: at('b'), takes: at('t') } };
  desk = await openDesk({ redis, shared: null, shelf: rig.boards, layout });
  await rig.restart({ farm: desk.port, ...more });
  const upload = await rig.boards.begin({ sha256: sha256(board), bytes: board.length });
  await upload?.write(0, board);
  await upload?.finish();
  const plain = { spec, run: spec, attempt: 1, tries: 0, remarks: [] };
  id = farmId(plain);
  job = { ...plain, door: desk.desk.door, ticket: desk.desk.ticket(id), shared: false };
}
beforeEach(() => start());
afterEach(() => rig.close());

const bearer = (ticket = job.ticket) => ({ Authorization: `Bearer ${ticket}` });
const at = (what: string): string => `http://127.0.0.1:${rig.port}/farm/${what}`;
const put = async (what: string, offset: number, bytes: number, body?: Uint8Array<ArrayBuffer>) => {
  const url = `${at(`${id}/file/${what}`)}?offset=${offset}&bytes=${bytes}`;
  // A connection each: one that is kept may be closed by the other side just as it is used again.
  const headers = { ...bearer(), Connection: 'close' };
  const answer = await fetch(url, { method: 'PUT', headers, ...(body && { body }) });
  const text = await answer.text();
  return [answer.status, text === '' ? null : (JSON.parse(text) as { offset: number }).offset];
};
const piece = (from: Uint8Array, begin: number, end?: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(from.slice(begin, end));
const received = (name: string): Promise<Buffer> => readFile(path.join(desk.desk.receivedFor(id), name));
const word = (door: FarmDoor) => () => Promise.resolve(JSON.stringify(door));
const here = (): FarmDoor => ({ urls: [`http://127.0.0.1:${rig.port}`] });

test.each([
  ['no ticket', () => ({}), 401],
  ['another job’s ticket', () => bearer(desk.desk.ticket('job-000002_00000000')), 401],
  ['a panel’s token', () => bearer(rig.token), 401],
  ['its own ticket', () => bearer(), 200],
])('with %s', async (_what, headers, status) => {
  const answer = await fetch(at(`${id}/board/${sha256(board)}`), { headers: headers() });
  expect(answer.status).toBe(status);
  await answer.body?.cancel();
});

test('what is no board, no job, no method of its, too long or not counted is refused', async () => {
  const status = async (what: string, options: RequestInit = {}): Promise<number> => {
    const answer = await fetch(at(what), { headers: bearer(), ...options });
    await answer.body?.cancel();
    return answer.status;
  };
  expect(await status(`${id}/board/${'0'.repeat(64)}`)).toBe(404);
  expect(await status(`${id}/board/..%2f..%2fqueue`)).toBe(404);
  expect(await status(`..%2f..%2fx/file/${'0'.repeat(64)}`)).toBe(404);
  const odd = (target: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const asked = http.get({ host: '127.0.0.1', port: rig.port, path: target }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject);
    });
  for (const target of ['//[', `//127.0.0.1/farm/${id}/board/${sha256(board)}`]) expect(await odd(target)).toBe(404);
  expect(await status(`${id}/board/${sha256(board)}`, { method: 'PUT', body: 'x' })).toBe(405);
  expect(await status(`${id}/file/${sha256(board)}`)).toBe(405);
  expect(await status(`${id}/file/${sha256(board)}?offset=0&bytes=-1`, { method: 'PUT', body: 'x' })).toBe(400);
  const long = await put(sha256('long'), 0, 9_000_000, new Uint8Array(1_200_000)).catch(() => [413, null]);
  expect(long[0]).toBe(413);
  expect(await status(`${id}/file/${sha256('huge')}?offset=0&bytes=${2 ** 40}`, { method: 'PUT' })).toBe(413);
  expect((await fetch(at(`${id}/board/${sha256(board)}`), { headers: { Origin: 'http://evil.example' } })).status).toBe(
    403,
  );
});

test('a file goes on where it broke off, also in a companion that was started again; spoilt bytes are thrown away', async () => {
  const [bytes, name] = [board.length, sha256(board)];
  expect(await put(name, 0, bytes)).toEqual([200, 0]);
  expect(await put(name, 0, bytes, piece(board, 0, 300_000))).toEqual([200, 300_000]);
  // A piece that came twice, or too early, changes nothing and says what is there.
  expect(await put(name, 0, bytes, piece(board, 0, 300_000))).toEqual([200, 300_000]);
  expect(await put(name, 400_000, bytes, piece(board, 400_000))).toEqual([200, 300_000]);
  await rig.restart({ farm: desk.port });
  expect(await put(name, 0, bytes)).toEqual([200, 300_000]);
  expect(await put(name, 300_000, bytes, piece(board, 300_000))).toEqual([200, bytes]);
  expect(await received(name)).toEqual(board);
  expect(await put(name, 0, bytes)).toEqual([200, bytes]);

  const other = sha256('something else');
  expect(await put(other, 0, bytes, piece(board, 0))).toEqual([422, null]);
  expect(await readdir(desk.desk.receivedFor(id))).toEqual([name]);
});

test('a worker brings a board, taking up a part, and delivers a take that the desk hands on', async () => {
  const cache = path.join(rig.folder, 'worker');
  await mkdir(cache);
  await writeFile(path.join(cache, `${sha256(board)}.part`), board.subarray(0, 123_456));
  const carrier = await openCarrier(word(here()), cache);
  const { signal } = new AbortController();
  await carrier.bring(job, signal);
  expect(await readFile((await carrier.pathOf(sha256(board))) ?? '')).toEqual(board);

  const clip = boardBytes(2_500_000, 7);
  const [file, thumbnail] = [path.join(rig.folder, 'clip.mov'), path.join(rig.folder, '1.jpg')];
  await writeFile(file, clip);
  await writeFile(thumbnail, 'jpeg');
  const made = {
    ...{ ...take(file), bytes: clip.length, sha256: sha256(clip) },
    thumbnails: [thumbnail, path.join(rig.folder, 'gone.jpg')],
  };
  const files = await carrier.deliver(job, made, signal);
  expect(files?.map((each) => each.path)).toEqual([file, thumbnail]);
  await expect(readFile(file)).rejects.toThrow('ENOENT');
  const attempt = path.join(rig.folder, 'attempt');
  await mkdir(attempt);
  const landed = await desk.desk.fetch(id, made, files, attempt, 'final.mov');
  expect(await readFile(landed.path)).toEqual(clip);
  expect(landed.thumbnails).toHaveLength(1);
  await desk.desk.discard(id, null);
  await expect(readdir(desk.desk.receivedFor(id))).rejects.toThrow('ENOENT');
  expect(await readFile(landed.path)).toEqual(clip);
});

test('a board that is gone fails the shot; a ticket that is none too; a companion that is away is waited for', async () => {
  const carrier = await openCarrier(word(here()), path.join(rig.folder, 'worker'));
  const { signal } = new AbortController();
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof InbetweenError ? error.problem.code : String(error)),
    );
  const other = jobSpec('job-000001', { board: sha256('never sent') });
  expect(await codeOf(carrier.bring({ ...job, spec: other }, signal))).toBe('board-missing');
  expect(await codeOf(carrier.bring({ ...job, ticket: 'x'.repeat(43) }, signal))).toBe('unauthorised');

  let asked = 0;
  const away = await openCarrier(
    () => Promise.resolve((asked += 1) < 3 ? null : JSON.stringify(here())),
    path.join(rig.folder, 'w2'),
  );
  expect(await codeOf(away.bring(job, signal))).toBe('done');
  expect(asked).toBeGreaterThanOrEqual(3);
});

(process.platform === 'linux' ? test : test.skip)(
  'over TLS nothing is sent to who shows another certificate than the companion named',
  async () => {
    await rig.close();
    const folder = await temporaryFolder();
    const identityOf = (name: string) =>
      openIdentity({
        file: path.join(folder, name),
        names: ['127.0.0.2'],
        clock: systemClock,
        log: memoryLog().log,
      });
    const [shown, named] = [await identityOf('shown.pem'), await identityOf('named.pem')];
    await start({ remote: { addresses: ['127.0.0.2'], names: ['127.0.0.2'], identity: shown } });
    const urls = [`https://127.0.0.2:${rig.port}`];
    const leave = new AbortController();
    let asked = 0;
    const deceived = await openCarrier(
      () => {
        asked += 1;
        if (asked > 2) leave.abort();
        return Promise.resolve(JSON.stringify({ urls, certificate: named.certificate }));
      },
      path.join(folder, 'worker'),
    );
    await expect(deceived.bring(job, leave.signal)).rejects.toThrow();
    expect(await deceived.pathOf(sha256(board))).toBeNull();
    const honest = await openCarrier(word({ urls, certificate: shown.certificate }), path.join(folder, 'worker'));
    await honest.bring(job, new AbortController().signal);
    expect(await honest.pathOf(sha256(board))).not.toBeNull();
    await rm(folder, { recursive: true, force: true });
  },
);
