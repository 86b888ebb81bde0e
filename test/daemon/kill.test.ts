/**
 * Daemon, render process and ffmpeg are killed at random moments over a batch; after every start things go on. In the end each job is
 * placed once, in order, nothing is lost and no half file has a final name. `npm run torture` does it for hours, with figures.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JobSpec } from '../../shared/protocol';
import { dataLayout } from '../../companion-app/daemon';
import { sha, spec, tempFolder, until } from '../queue/fixtures/specs';
import { builtEntry, install, serve, type Served } from './fixtures/installed';
import { killBelow, type Victim } from './fixtures/processes';
import { moments, Timeline } from './fixtures/timeline';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let folder: Awaited<ReturnType<typeof tempFolder>>;
let daemon: Served | null = null;
beforeEach(async () => (folder = await tempFolder()));
afterEach(async () => {
  daemon?.child.kill('SIGKILL');
  await daemon?.ended;
  daemon = null;
  await folder.remove();
});

/** Kills for so many rounds, waits for the rest, ends politely; the timeline is then what the artist has. */
async function night(timeline: Timeline, rounds: number, victims: readonly Victim[], cli?: string): Promise<void> {
  const dataDir = path.join(folder.path, 'data');
  const random = moments(42);
  let following: Promise<void> = Promise.resolve();
  const start = async (): Promise<void> => {
    daemon = await serve(dataDir, {}, cli);
    following = timeline.follow(daemon);
  };
  await start();
  for (let round = 0; round < rounds; round += 1) {
    await wait(30 + random.next().value * 500);
    const victim = victims[Math.floor(random.next().value * victims.length)]!;
    if (victim !== 'daemon') {
      killBelow(daemon!.child.pid!, victim);
      continue;
    }
    daemon!.child.kill('SIGKILL');
    await daemon!.ended;
    await following;
    await start();
  }
  await until(() => timeline.allPlaced, 90_000);
  daemon!.child.kill('SIGTERM');
  expect(await daemon!.ended).toBe(0);
  await following;
  const { takes, attempts } = dataLayout(dataDir);
  expect(timeline.wrong).toEqual([]);
  expect([timeline.lost, timeline.placedTwice, timeline.miscounted]).toEqual([[], [], []]);
  expect(timeline.inOrder).toBe(true);
  expect(await timeline.halfFiles(takes, attempts)).toEqual([]);
}

it('loses nothing, places nothing twice, leaves no half file (10 kills)', async () => {
  await install();
  const boards = [0, 1, 2].map((n) => `board ${n}`);
  const jobs = Array.from({ length: 12 }, (_, n) =>
    spec(n + 1, { board: sha(`board ${n % 3}`), notes: 'steps=8 delay=20' }),
  );
  await night(new Timeline(jobs, boards), 10, ['daemon', 'daemon', 'render']);
}, 160_000);

it('does so with the real render process and the real ffmpeg (6 kills)', async () => {
  const board = await readFile(path.join(__dirname, '..', '..', 'examples', 'boards', 'SH060.png'));
  const jobs = [1, 2, 3, 4].map((n): JobSpec => {
    const job = spec(n, { board: sha(board), notes: 'push in', frames: 48, width: 320 });
    return { ...job, shot: { ...job.shot, size: { width: 320, height: 180 } } };
  });
  const timeline = new Timeline(jobs, [board], ['too-many-attempts', 'encode-failed']);
  await night(timeline, 6, ['ffmpeg', 'ffmpeg', 'render', 'daemon'], builtEntry);
}, 180_000);
