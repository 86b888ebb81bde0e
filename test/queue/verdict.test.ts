/** A person's word on a take: shown in its row, told to everybody, kept as a fact for good. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'libsql';
import { zTake } from '../../shared/protocol';
import { JobQueue, MemoryStore, openStore } from '../../companion-app/queue';
import { newRecord } from '../../companion-app/queue/record';
import { beside, besideOf } from '../../companion-app/queue/runner/beside';
import { first } from '../../companion-app/queue/store/migrations/001-first';
import { handClock, sha, shelfOf, silent, spec, takeOf, tempFolder } from './fixtures/specs';

async function withTake() {
  const clock = handClock(1000);
  const shelf = shelfOf(new Map([[sha('board'), '/board']]));
  const queue = new JobQueue({ store: new MemoryStore(), shelf, clock, log: silent });
  await queue.submit([spec(1)]);
  const early = () => queue.judge('job-000001', { verdict: 'approved', by: 'panel' });
  expect(early).toThrow(/cannot judge/);
  queue.finish(queue.lease()!, takeOf(spec(1)), 2);
  return { queue, clock };
}

test('a verdict is in the row and the event, and each change of mind is a fact of its own', async () => {
  const { queue, clock } = await withTake();
  clock.set(2000);
  const told: unknown[] = [];
  queue.subscribe({ event: (event) => told.push(event.verdict) });
  const row = queue.judge('job-000001', { verdict: 'rejected', reason: 'too fast', by: 'page' });
  expect(row.verdict).toEqual({ verdict: 'rejected', reason: 'too fast', at: 2000 });
  queue.judge('job-000001', { verdict: 'rejected', reason: 'too fast', by: 'page' });
  queue.placed('job-000001', { trackIndex: 1, startFrame: 0, frames: 24, name: 'x' });
  expect(queue.find('job-000001')?.verdict?.verdict).toBe('rejected');
  expect(queue.judge('job-000001', { verdict: 'none', by: 'panel' }).verdict).toBeUndefined();
  expect(told.map((each) => each !== undefined)).toEqual([true, true, true, false]);
  expect(
    queue.facts().map((fact) => [fact.kind, fact.kind === 'verdict' && [fact.verdict, fact.reason, fact.by]]),
  ).toEqual([
    ['verdict', ['rejected', 'too fast', 'page']],
    ['verdict', ['none', undefined, 'panel']],
  ]);
  expect(queue.facts()[0]).toMatchObject({ at: 2000, about: { shot: 'SH010', engine: 'parallax', frames: 24 } });
});

test('the cut and the time of a review are facts; of an unknown job there is nothing to review', async () => {
  const { queue } = await withTake();
  queue.cut('id of SQ01', [{ jobId: 'job-000001', frames: 20 }]);
  queue.reviewed('job-000001', 3.5);
  expect(() => queue.reviewed('job-000009', 1)).toThrow('There is no job');
  expect(queue.facts().map((fact) => fact.kind)).toEqual(['cut', 'review']);
});

test('a store of the first shape opens with its jobs, and its facts can be neither changed nor removed', async () => {
  const folder = await tempFolder();
  const place = { file: path.join(folder.path, 'q.db'), backup: path.join(folder.path, 'q.bak') };
  const old = new Database(place.file);
  old.exec(first);
  old.exec('PRAGMA user_version = 1');
  const { row, specHash } = newRecord(spec(1), 5);
  old
    .prepare(
      `INSERT INTO jobs (id, ord, state, sequence_id, attempts, lost, submitted_at, changed_at, engine, quality, pixels, frames, spec,
        spec_hash, take) VALUES (?,1,'rendered','"id of SQ01"',1,0,5,5,'auto','full',1,24,?,?,?)`,
    )
    .run([row.spec.id, JSON.stringify(row.spec), specHash, JSON.stringify(takeOf(spec(1)))]);
  old.close();
  const { store } = await openStore(place, handClock(), silent);
  const queue = new JobQueue({ store, shelf: shelfOf(new Map()), clock: handClock(), log: silent });
  expect(queue.judge(row.spec.id, { verdict: 'approved', by: 'panel' }).verdict?.verdict).toBe('approved');
  store.close();
  const file = new Database(place.file);
  const over = "INSERT OR REPLACE INTO facts (id, at, kind, body) SELECT id, 0, kind, '{}' FROM facts";
  for (const change of ['DELETE FROM facts', "UPDATE facts SET body = '{}'", over])
    expect(() => file.exec(change)).toThrow('facts are never');
  file.close();
  expect((await openStore(place, handClock(), silent)).store.facts()).toHaveLength(1);
  await folder.remove();
});

test('what lies beside a clip goes with it under its names; what lies elsewhere is no longer named', async () => {
  const folder = await tempFolder();
  const attempt = path.join(folder.path, 'attempt');
  await mkdir(attempt);
  const at = (name: string) => path.join(attempt, name);
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'p.mp4']) await writeFile(at(name), name);
  await writeFile(path.join(folder.path, 'secret.jpg'), 'not ours');
  const check = { name: 'black', ok: false, score: 0, detail: 'Black.', frames: [[0, 3]] };
  const take = zTake.parse({
    ...takeOf(spec(1), at('clip.mov')),
    thumbnails: [at('a.jpg'), at('b.jpg'), at('missing.jpg')],
    checks: [
      { ...check, picture: at('c.jpg') },
      { ...check, picture: at('../secret.jpg') },
      { ...check, picture: at('a.jpg') },
    ],
    proxy: at('p.mp4'),
  });
  const { moves, take: moved } = await beside(take, attempt, '/takes/clip.mov');
  expect(moved.thumbnails).toEqual(['/takes/clip.mov.1.jpg', '/takes/clip.mov.2.jpg']);
  expect(moved.checks.map(({ picture }) => picture)).toEqual([
    '/takes/clip.mov.check-3.jpg',
    undefined,
    '/takes/clip.mov.1.jpg',
  ]);
  expect(moved.proxy).toBe('/takes/clip.mov.proxy.mp4');
  expect(new Set(moves.map(({ to }) => to))).toEqual(new Set(besideOf(moved)));
  for (const { from } of moves) expect((await readFile(from, 'utf8')).length).toBe(5);
  const own = await beside({ ...take, proxy: take.path }, attempt, '/takes/clip.mp4');
  expect(own.take.proxy).toBe('/takes/clip.mp4');
  await folder.remove();
});
