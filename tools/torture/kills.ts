/** kill -9 of daemon, render process and ffmpeg at random moments, round after round, over batches of thirty jobs. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { dataLayout } from '../../companion-app/daemon';
import { serve, type Served } from '../../test/daemon/fixtures/installed';
import { killBelow, type Victim } from '../../test/daemon/fixtures/processes';
import { moments, Timeline } from '../../test/daemon/fixtures/timeline';
import { readBoards, shotJob } from './boards';
import { table, writeFigures } from './page';

const BATCH = 30;
const SETTLE_MS = 600_000;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Killing ffmpeg under a render process ends the take that is being written: the artist is told, and retries. */
const MAY_FAIL = ['too-many-attempts', 'encode-failed', 'render-failed', 'check-failed'];

interface Tally {
  rounds: number;
  batches: number;
  jobs: number;
  kills: Record<Victim, number>;
  /** Rounds in which the wanted process was not there at that moment. */
  missed: number;
  attempts: number;
  setAside: number;
  lost: number;
  placedTwice: number;
  miscounted: number;
  halfFiles: number;
  outOfOrder: number;
  wrong: number;
}

const VICTIMS: readonly Victim[] = ['daemon', 'daemon', 'render', 'ffmpeg', 'ffmpeg'];

/** One batch from nothing to the timeline; kills until `left` rounds or the time are used up, or all is placed. Returns the rounds used. */
async function batch(
  cli: string,
  timeline: Timeline,
  { left, until }: { left: number; until: number },
  random: Generator<number>,
  tally: Tally,
) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inbetween torture '));
  const dataDir = path.join(folder, 'data');
  await mkdir(dataDir);
  const start = async (): Promise<{ daemon: Served; following: Promise<void> }> => {
    const daemon = await serve(dataDir, {}, cli);
    return { daemon, following: timeline.follow(daemon) };
  };
  let { daemon, following } = await start();
  let used = 0;
  while (used < left && Date.now() < until && !timeline.allPlaced) {
    await wait(100 + Number(random.next().value) * 11_900);
    const victim = VICTIMS[Math.floor(Number(random.next().value) * VICTIMS.length)] ?? 'daemon';
    if (victim === 'daemon') {
      daemon.child.kill('SIGKILL');
      await daemon.ended;
      await following;
      ({ daemon, following } = await start());
    } else if (!killBelow(daemon.child.pid ?? 0, victim)) {
      tally.missed += 1;
      continue;
    }
    tally.kills[victim] += 1;
    used += 1;
    process.stderr.write(`round ${tally.rounds + used}: ${victim} killed, ${timeline.clips.size} placed\n`);
  }
  const end = Date.now() + SETTLE_MS;
  while (!timeline.allPlaced && Date.now() < end) await wait(200);
  daemon.child.kill('SIGTERM');
  await daemon.ended;
  await following;
  const { takes, attempts } = dataLayout(dataDir);
  const half = await timeline.halfFiles(takes, attempts);
  for (const fault of [...half, ...timeline.wrong]) process.stderr.write(`${fault}\n`);
  tally.rounds += used;
  tally.batches += 1;
  tally.jobs += timeline.jobs.length;
  tally.attempts += timeline.attempts;
  tally.setAside += timeline.setAside;
  tally.lost += timeline.lost.length;
  tally.placedTwice += timeline.placedTwice.length;
  tally.miscounted += timeline.miscounted.length;
  tally.halfFiles += half.length;
  tally.outOfOrder += timeline.inOrder ? 0 : 1;
  tally.wrong += timeline.wrong.length;
  await rm(folder, { recursive: true, force: true });
}

/** Kills for so many rounds, or so many minutes if they are over first, and writes what came of it into the page. True when nothing was lost, doubled, halved or out of order. */
export async function kills(root: string, cli: string, rounds: number, minutes: number): Promise<boolean> {
  const boards = await readBoards(root);
  const random = moments(7);
  const tally: Tally = {
    ...{ rounds: 0, batches: 0, jobs: 0, kills: { daemon: 0, render: 0, ffmpeg: 0 }, missed: 0, attempts: 0 },
    ...{ setAside: 0, lost: 0, placedTwice: 0, miscounted: 0, halfFiles: 0, outOfOrder: 0, wrong: 0 },
  };
  const began = Date.now();
  const until = began + minutes * 60_000;
  while (tally.rounds < rounds && Date.now() < until) {
    const jobs = Array.from({ length: BATCH }, (_, n) =>
      shotJob(n + 1, {
        ...{
          engine: 'auto',
          frames: 24 + 12 * (n % 3),
          width: 320,
          height: 180,
          notes: n % 2 ? 'push in' : 'pan left',
        },
        boards: n % 5 === 4 ? [boards.hash(2), boards.hash(3)] : [boards.hash(n)],
      }),
    );
    await batch(cli, new Timeline(jobs, boards.bytes, MAY_FAIL), { left: rounds - tally.rounds, until }, random, tally);
    await writeFigures(root, 'kills', told(tally, (Date.now() - began) / 60_000));
  }
  return tally.lost + tally.placedTwice + tally.miscounted + tally.halfFiles + tally.outOfOrder + tally.wrong === 0;
}

function told(tally: Tally, minutes: number): string {
  const { daemon, render, ffmpeg } = tally.kills;
  const head = `${tally.rounds} rounds over ${tally.batches} ${tally.batches === 1 ? 'batch' : 'batches'} of ${BATCH} jobs (${minutes.toFixed(0)} minutes, ${os.cpus().length} cores, real engines, 24–48 frames at 320×180).`;
  return `${head}\n\n${table(
    ['', ''],
    [
      ['kill -9 of the daemon / the render process / ffmpeg', `${daemon} / ${render} / ${ffmpeg}`],
      ['jobs', tally.jobs],
      ['attempts begun', tally.attempts],
      ['set aside after three lost attempts, then retried by the panel', tally.setAside],
      ['**jobs lost**', tally.lost],
      ['**jobs placed twice**', tally.placedTwice],
      ['**half files under a final name, or left of attempts**', tally.halfFiles],
      ['**batches begun out of order, or with a gap in their events**', tally.outOfOrder],
      ['**jobs whose attempts were not counted as begun**', tally.miscounted],
      ['**failures for another reason than the kills**', tally.wrong],
    ],
  )}`;
}
