/** The store's file: durable, copied, and replaced when broken. */
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'libsql';
import { openStore, type StorePlace } from '../../companion-app/queue';
import { newRecord } from '../../companion-app/queue/record';
import { first } from '../../companion-app/queue/store/migrations/001-first';
import { facts } from '../../companion-app/queue/store/migrations/002-facts';
import { night } from '../../companion-app/queue/store/migrations/003-night';
import { longQueues } from '../../companion-app/queue/store/migrations/004-long-queues';
import { handClock, sha, silent, spec, tempFolder } from './fixtures/specs';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let place: StorePlace;
beforeEach(async () => {
  folder = await tempFolder();
  place = { file: path.join(folder.path, 'q', 'queue.db'), backup: path.join(folder.path, 'q', 'queue.backup.db') };
});
afterEach(() => folder.remove());

const open = () => openStore(place, handClock(), silent);

async function withJobs(...numbers: number[]): Promise<void> {
  const { store } = await open();
  store.insert(numbers.map((n) => newRecord(spec(n), 0)));
  store.close();
}

const ids = (store: Awaited<ReturnType<typeof open>>['store']): string[] =>
  store.list({}).jobs.map((row) => row.spec.id);

it('finds everything again', async () => {
  await withJobs(1, 2);
  const { store, replaced } = await open();
  expect(ids(store)).toEqual(['job-000001', 'job-000002']);
  expect(replaced).toBeUndefined();
  expect(store.newestSeq()).toBe(2);
  store.close();
});

it('writes through a synced log and keeps a sound copy of each start', async () => {
  await withJobs(1);
  const { store } = await open();
  store.insert([newRecord(spec(2), 0)]);
  const copy = new Database(place.backup);
  expect(copy.prepare('SELECT id FROM jobs').all([])).toEqual([{ id: 'job-000001' }]);
  copy.close();
  expect((await readdir(path.dirname(place.file))).sort()).toEqual(
    expect.arrayContaining(['queue.backup.db', 'queue.db', 'queue.db-wal']),
  );
  if (process.platform !== 'win32') expect((await stat(place.backup)).mode & 0o077).toBe(0);
  store.close();
});

it('sets a file that is no database aside and goes on from the copy of the last start', async () => {
  await withJobs(1, 2);
  const { store: again } = await open();
  again.insert([newRecord(spec(3), 0)]);
  const newest = again.newestSeq();
  again.close();
  const rubbish = 'no database, whatever its name says. '.repeat(500);
  await writeFile(place.file, rubbish);

  const { store, replaced } = await open();
  expect(replaced).toMatchObject({ fromBackup: true });
  expect(await readFile(replaced!.setAside, 'utf8')).toBe(rubbish);
  expect(ids(store)).toEqual(['job-000001', 'job-000002']);
  expect(store.insert([newRecord(spec(4), 0)])[0]!.event.seq).toBeGreaterThan(newest);
  store.close();
});

it('starts anew when the copy is broken too, with event numbers never used before', async () => {
  await withJobs(1, 2);
  await writeFile(place.file, 'x'.repeat(9000));
  await writeFile(place.backup, 'y'.repeat(9000));
  const { store, replaced } = await open();
  expect(replaced).toMatchObject({ fromBackup: false });
  expect(ids(store)).toEqual([]);
  expect(store.newestSeq()).toBeGreaterThan(1_000_000);
  store.close();
});

it('notices damage in the middle of the file', async () => {
  const { store: filled } = await open();
  filled.insert(
    Array.from({ length: 200 }, (_, n) => newRecord(spec(n, { name: `SH${n}`, board: sha(String(n)) }), 0)),
  );
  filled.close();
  const bytes = await readFile(place.file);
  expect(bytes.length).toBeGreaterThan(100_000);
  bytes.fill(0xa5, 8192, 8192 + 20_000);
  await writeFile(place.file, bytes);
  const { store, replaced } = await open();
  expect(replaced).toBeDefined();
  store.close();
});

it('refuses a file of a newer companion and leaves it as it is', async () => {
  await withJobs(1);
  const db = new Database(place.file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  await expect(open()).rejects.toMatchObject({ problem: { code: 'version-mismatch' } });
  const after = new Database(place.file);
  expect(after.prepare('SELECT count(*) AS n FROM jobs').all([])).toEqual([{ n: 1 }]);
  after.close();
});

it('keeps the order of a file of an older companion, by hand too', async () => {
  await withJobs(1, 2, 3, 4);
  const older = `${place.file}.older`;
  const db = new Database(older);
  for (const sql of [first, facts, night, longQueues]) db.exec(sql);
  const same =
    'id, ord, state, sequence_id, attempts, lost, submitted_at, changed_at, engine, quality, pixels, frames, spec, spec_hash';
  db.exec(`PRAGMA user_version = 4;
    ATTACH '${place.file}' AS newer;
    INSERT INTO jobs (${same}, rank, by_hand)
      SELECT ${same}, CASE ord WHEN 1 THEN 3 WHEN 3 THEN 1 ELSE ord END, ord < 4 FROM newer.jobs`);
  db.close();
  await rename(older, place.file);
  const { store } = await open();
  expect(ids(store).map((id) => id.slice(-1))).toEqual(['3', '2', '1', '4']);
  expect(store.waiting().map((job) => job.byHand)).toEqual([true, true, true, false]);
  store.move(['job-000001'], { before: 'job-000002' });
  expect(ids(store).map((id) => id.slice(-1))).toEqual(['3', '1', '2', '4']);
  store.close();
});

it('names a folder that cannot be used', async () => {
  await writeFile(path.join(folder.path, 'q'), 'a file where the folder should be');
  await expect(open()).rejects.toMatchObject({ problem: { code: 'folder-unwritable' } });
});

it('does not change a bit of what it has promised when a commit is refused', async () => {
  await withJobs(1);
  const { store } = await open();
  expect(() =>
    store.change('job-000001', () => {
      throw new RangeError('a fault in the middle of a transaction');
    }),
  ).toThrow('a fault');
  expect(store.find('job-000001')?.row.state).toBe('queued');
  store.insert([newRecord(spec(2), 0)]);
  expect(ids(store)).toEqual(['job-000001', 'job-000002']);
  store.close();
});
