/** The log says why something failed, in nobody's words but the program's, and never grows without end. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { openLog } from '../../companion-app/daemon/logs';
import { InbetweenError } from '../../shared/problem';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween-log-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const linesOf = async (file: string): Promise<unknown[]> =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test('an error is told by its kind, the system’s name and its place, without what an artist wrote', async () => {
  const file = path.join(folder, 'errors.log');
  const log = await openLog(file, 'info');
  const note = 'She turns away, crying';
  const full = Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' });
  const problem = { code: 'board-unreadable', message: `The board ${note} cannot be read.` } as const;
  for (const error of [
    full,
    thrownBy(() => JSON.parse(note)),
    thrownBy(() => z.enum(['a']).parse(note)),
    new InbetweenError(problem, { cause: full }),
  ])
    log.logger.warn({ error }, 'it failed');
  log.close();
  expect(await linesOf(file)).toMatchObject([
    { error: { name: 'Error', system: 'ENOSPC', message: 'no space left on device, write' } },
    { error: { name: 'SyntaxError', at: {} } },
    { error: { name: 'ZodError' } },
    { error: { problem: 'board-unreadable', cause: { system: 'ENOSPC' } } },
  ]);
  expect(await readFile(file, 'utf8')).not.toContain('crying');
});

test('a log that grows is put aside while it is written, for its user alone, and loses no line', async () => {
  const file = path.join(folder, 'grows.log');
  const log = await openLog(file, 'info', 10_000);
  for (let i = 0; i < 150; i += 1) log.logger.info({ i }, 'a WebSocket was refused');
  expect((await stat(file)).size + (await stat(`${file}.1`)).size).toBeLessThan(21_000);
  expect(await linesOf(`${file}.1`)).toHaveLength(150 - (await linesOf(file)).length);
  for (let i = 0; i < 1_500; i += 1) {
    log.logger.info({ i }, 'a WebSocket was refused');
    if (i % 100 === 0) await breathe();
  }
  log.close();
  for (const each of [file, `${file}.1`]) {
    const { size, mode } = await stat(each);
    expect(size).toBeLessThan(10_300);
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
  }
});
