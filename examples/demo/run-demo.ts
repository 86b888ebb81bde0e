/** The whole way: a storyboarded sequence in Premiere's stand-in becomes an animatic above its boards. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeOutputs, type Outputs } from '../../companion-app/daemon/animate/outputs';
import type { Run, RunShot } from '../../companion-app/daemon/animate/run';
import type { Panel } from '../../plugin/compose';
import type { AnimatorView } from '../../plugin/panel/animator';
import type { JobRow } from '../../shared/protocol';
import { resolveMoves } from '../../shared/shot';
import type { SequenceBuilder, Simulator } from '../../test/premiere-simulator';
import type { ExampleSequence } from './sequence-file';

/** Shots end placed, failed or cancelled; the rest waits. */
const OVER = new Set(['placed', 'failed', 'cancelled']);

export interface DemoParts {
  readonly simulator: Simulator;
  readonly sequence: SequenceBuilder;
  readonly example: ExampleSequence;
  readonly panel: Panel;
  readonly version: string;
}

/** Pairs the panel, as an artist does once, and starts to listen. */
export async function pairAndStart(panel: Panel, code: string): Promise<void> {
  await panel.link.pair(code);
  panel.animator.start();
}

/** Rows of this sequence, in the timeline's order. */
export async function rowsOf(panel: Panel): Promise<readonly JobRow[]> {
  const { sequenceId } = await panel.host.readSequence();
  const rows = await panel.link.list({ sequenceId });
  return [...rows].sort((a, b) => a.spec.shot.startFrame - b.spec.shot.startFrame);
}

/** Resolves when every one of so many jobs is over. `changed` is awaited between looks. */
export async function untilOver(panel: Panel, jobs: number, changed: () => Promise<void>): Promise<readonly JobRow[]> {
  for (;;) {
    const rows = await rowsOf(panel);
    if (rows.filter((row) => OVER.has(row.state)).length >= jobs) return rows;
    await changed();
  }
}

/** A bell: rung by the panel's view, awaited by whoever waits for a change, at most a second. */
export function bell(): { readonly ring: () => void; readonly wait: () => Promise<void> } {
  let wake: () => void = () => undefined;
  return {
    ring: () => wake(),
    wait: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, 1000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

/** A view that only rings. */
export function ringingView(ring: () => void, more: Partial<AnimatorView> = {}): AnimatorView {
  const none = (): void => undefined;
  return {
    submitting: more.submitting ?? none,
    progress: more.progress ?? none,
    trouble: more.trouble ?? none,
    event(event) {
      more.event?.(event);
      ring();
    },
    home(homecoming) {
      more.home?.(homecoming);
      ring();
    },
  };
}

/** What was made, read off the companion's rows and off the timeline itself. */
export async function runOfDemo(
  { sequence, example, version }: DemoParts,
  rows: readonly JobRow[],
  out: string,
): Promise<Run> {
  const placed = sequence.snapshot().video.flatMap((track) => track.items);
  const shots: RunShot[] = [];
  for (const row of rows) {
    const { shot } = row.spec;
    const above = placed.filter((item) => row.take !== undefined && item.path === row.take.path);
    const boards = shot.boards.map((board) => ({
      at: board.at,
      name: board.name,
      path: example.shots.flatMap((s) => s.boards).find((b) => b.start === shot.startFrame + board.at)?.path ?? null,
    }));
    const base = { shot, boards, moves: resolveMoves(shot), takeNumber: row.spec.take };
    if (!row.take || above.length !== 1) {
      shots.push({
        ...base,
        state: row.state === 'cancelled' ? 'cancelled' : 'failed',
        ...(row.problem ? { problem: row.problem } : {}),
      });
      continue;
    }
    const clip = path.join(
      out,
      `${shot.name.replace(/[^\w-]/g, '_')}_t${String(row.spec.take).padStart(2, '0')}${path.extname(row.take.path)}`,
    );
    await copyFile(row.take.path, clip);
    shots.push({ ...base, state: row.state === 'placed' ? 'placed' : 'rendered', take: row.take, clip });
  }
  return {
    title: example.name,
    rate: example.rate,
    dropFrame: example.dropFrame,
    size: example.size,
    startTimecodeFrame: example.zero,
    shots,
    sounds: [{ path: example.audio.path, startFrame: example.audio.start, frames: example.audio.frames }],
    version,
  };
}

/** Empties the folder and writes what the run left. */
export async function writeDemo(
  parts: DemoParts,
  rows: readonly JobRow[],
  out: string,
  made: string,
): Promise<{ run: Run } & Outputs> {
  await mkdir(out, { recursive: true });
  const run = await runOfDemo(parts, rows, out);
  return { run, ...(await writeOutputs(run, out, { made })) };
}

/** Removes what an earlier demo left. */
export async function cleanFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** Ends the process with the demo's exit code once everything is closed; a failure is told with where it happened. */
export function exitWith(demo: Promise<number>): void {
  demo.then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
