/** Clips of a companion elsewhere: real HTTP that breaks, lies and comes back. */
import { createServer, type Server } from 'node:http';
import { fetchClip, type ClipWay } from '../../../plugin/link/clips';
import { toProblem } from '../../../shared/problem';
import { boardBytes, sha256 } from '../../gateway/support/samples';

const clip = boardBytes(20_000_000, 3);
const order = { jobId: 'job-0001', bytes: clip.length, sha256: sha256(clip) };
let server: Server;
let asked: string[];
let answers: ((from: number, end: number) => Buffer | null)[];
let way: ClipWay;

beforeEach(async () => {
  asked = [];
  answers = [];
  server = createServer((request, response) => {
    const range = request.headers.range ?? '';
    asked.push(range);
    const [, from = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    const piece = (answers.shift() ?? ((a, b) => clip.subarray(a, b)))(Number(from), Number(last) + 1);
    if (request.headers.authorization !== 'Bearer t' || request.url !== '/clip/job-0001') response.writeHead(401).end();
    else if (piece) response.writeHead(206, { 'Content-Length': piece.length }).end(piece);
    else request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  way = {
    door: () => ({ base: `http://127.0.0.1:${port}`, token: 't' }),
    fetch: (url, options) => fetch(url, options),
    wait: () => Promise.resolve(),
  };
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const problemOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'whole',
    (error: unknown) => toProblem(error).code,
  );

test('comes in pieces; one that broke off is asked for again, and none before it', async () => {
  const half = (a: number, b: number): Buffer => clip.subarray(a, a + (b - a) / 2);
  answers = [(a, b) => clip.subarray(a, b), () => null, half];
  const bytes = await fetchClip(order, way);
  expect(Buffer.compare(bytes, clip)).toBe(0);
  const piece = 8 * 1_048_576;
  const ranges = [0, piece, piece, piece, 2 * piece].map((a) => `bytes=${a}-${Math.min(clip.length, a + piece) - 1}`);
  expect(asked).toEqual(ranges);
});

test('with other bytes in it is not believed', async () => {
  answers = [(a, b) => Buffer.alloc(b - a, 7)];
  expect(await problemOf(fetchClip(order, way))).toBe('download-failed');
});

test('is given up after so many failures in a row, also without a companion or with a wrong token', async () => {
  expect(await problemOf(fetchClip(order, { ...way, door: () => null }))).toBe('download-failed');
  const door = { ...way.door()!, token: 'x' };
  expect(await problemOf(fetchClip(order, { ...way, door: () => door }))).toBe('download-failed');
  expect(asked).toHaveLength(6);
});

test('a clip beyond all measure is not begun', async () => {
  expect(await problemOf(fetchClip({ ...order, bytes: 2 ** 40 }, way))).toBe('download-failed');
  expect(asked).toEqual([]);
});
