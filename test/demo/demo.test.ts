/** The whole way, with every real part: simulator, panel logic, WebSocket, daemon, store, render process, ffmpeg. And through kill -9. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { startCompanion, type CompanionProcess } from '../../examples/demo/companion-process';
import { panelOn } from '../../examples/demo/panel';
import { bell, pairAndStart, ringingView, untilOver, writeDemo } from '../../examples/demo/run-demo';
import { readExample, shortened, type ExampleSequence } from '../../examples/demo/sequence-file';
import { stageExample } from '../../examples/demo/stage';
import type { Panel } from '../../plugin/compose';
import type { JobRow } from '../../shared/protocol';
import { probeClip } from '../../companion-app/media';
import { createSimulator, type SequenceBuilder, type Simulator } from '../premiere-simulator';

jest.setTimeout(180_000);

const root = path.resolve(__dirname, '../..');
const entry = path.join(root, 'dist', 'inbetween.cjs');
const wish = { engine: 'auto', codec: 'prores-proxy', quality: 'full', seed: 1, version: 'test' } as const;

interface Stage {
  readonly simulator: Simulator;
  readonly sequence: SequenceBuilder;
  readonly panel: Panel;
  readonly ring: ReturnType<typeof bell>;
}

let whole: ExampleSequence;
let example: ExampleSequence;
let folder: string;
let companion: CompanionProcess;
let stage: Stage;

beforeAll(async () => {
  if (!existsSync(entry)) throw new Error('dist/ is missing: run "npm run build" first.');
  whole = shortened(await readExample(path.join(root, 'examples', 'sequence.json')), 10, { width: 320, height: 180 });
});

/** A companion, and a panel in front of the first so many shots. */
async function begin(shots = whole.shots.length): Promise<void> {
  const kept = whole.shots.slice(0, shots);
  const frames = kept.reduce((sum, shot) => sum + shot.frames, 0);
  example = { ...whole, shots: kept, audio: { ...whole.audio, frames } };
  folder = mkdtempSync(path.join(tmpdir(), 'inbetween-demo-'));
  companion = await startCompanion(entry, path.join(folder, 'data'));
  const simulator = createSimulator();
  const sequence = await stageExample(simulator, example);
  const ring = bell();
  const panel = await panelOn(simulator, companion.port, ringingView(ring.ring));
  stage = { simulator, sequence, panel, ring };
  await pairAndStart(panel, companion.pairing);
}

afterEach(async () => {
  stage.panel.animator.stop();
  stage.panel.link.close();
  await companion.stop();
  stage.simulator.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const animateAll = async (): Promise<number> => {
  const submitted = await stage.panel.animator.animateSequence(wish);
  expect(submitted.filter((shot) => shot.problem)).toEqual([]);
  return submitted.length;
};

/** Every shot lies once above its board, same start, same frames; the boards and the sound are as they were. */
function expectPlacedOnce(rows: readonly JobRow[], sequence = stage.sequence): void {
  expect(rows.map((row) => [row.spec.shot.name, row.state])).toEqual(
    example.shots.map((shot) => [shot.name, 'placed']),
  );
  const { video, audio } = sequence.snapshot();
  const placed = video
    .slice(1)
    .flatMap((track) => track.items)
    .sort((a, b) => a.startFrame - b.startFrame);
  expect(placed.map((item) => [item.startFrame, item.frames, item.path])).toEqual(
    rows.map((row) => [row.spec.shot.startFrame, row.spec.shot.frames, row.take?.path]),
  );
  expect(placed.map((item) => [item.startFrame, item.frames])).toEqual(
    example.shots.map((shot) => [shot.start, shot.frames]),
  );
  expect(video[0]!.items.map((item) => [item.startFrame, item.frames, item.path])).toEqual(
    example.shots.flatMap((shot) => shot.boards.map((board) => [board.start, board.frames, board.path])),
  );
  expect(audio.flatMap((track) => track.items).map((item) => [item.startFrame, item.frames, item.linked])).toEqual([
    [example.audio.start, example.audio.frames, true],
  ]);
  expect(stage.simulator.hazards).toEqual([]);
}

test('a sequence becomes an animatic above its boards, one Undo a shot, and every number agrees', async () => {
  await begin();
  const jobs = await animateAll();
  const rows = await untilOver(stage.panel, jobs, stage.ring.wait);
  expectPlacedOnce(rows);
  const project = stage.simulator.projects[0]!;
  expect(project.undoStack.filter((name) => name.startsWith('Animate '))).toEqual(
    example.shots.map((shot) => `Animate ${shot.name} (take 1)`),
  );

  // Placing again places nothing.
  await stage.panel.animator.placeAgain();
  expectPlacedOnce(await untilOver(stage.panel, jobs, stage.ring.wait));

  const out = path.join(folder, 'out');
  const { run, files } = await writeDemo({ ...stage, example, version: 'test' }, rows, out, 'now');
  for (const { path: file } of files) expect(statSync(file).size).toBeGreaterThan(0);
  expect(files.map((file) => path.basename(file.path)).sort()).toEqual([
    'animatic.mp4',
    'report.html',
    'result.json',
    'shots.csv',
    'timeline.ale',
    'timeline.edl',
    'timeline.fcpxml',
    'timeline.otio',
    'timeline.xml',
  ]);
  const result = z
    .object({ shots: z.array(z.object({ file: z.string(), frames: z.number(), seconds: z.number().positive() })) })
    .parse(JSON.parse(readFileSync(path.join(out, 'result.json'), 'utf8')));
  for (const [i, shot] of result.shots.entries()) {
    const facts = await probeClip(shot.file);
    expect([shot.frames, facts.frames, facts.rate]).toEqual([
      example.shots[i]!.frames,
      example.shots[i]!.frames,
      example.rate,
    ]);
  }
  const cut = await probeClip(path.join(out, 'animatic.mp4'));
  expect(cut.frames).toBe(example.shots.reduce((sum, shot) => sum + shot.frames, 0));
  expect(run.shots.every((shot) => shot.state === 'placed')).toBe(true);
});

test('a companion killed in the middle goes on after it is started again', async () => {
  await begin(4);
  const jobs = await animateAll();
  const first = await untilOver(stage.panel, 1, stage.ring.wait);
  expect(first.filter((row) => row.state === 'placed').length).toBeLessThan(jobs);
  await companion.kill();
  companion = await startCompanion(entry, path.join(folder, 'data'), companion.port);
  stage.panel.link.connect();
  expectPlacedOnce(await untilOver(stage.panel, jobs, stage.ring.wait));
});

test('a render process killed in the middle is started again and its shot made', async () => {
  await begin(4);
  const jobs = await animateAll();
  await untilOver(stage.panel, 1, stage.ring.wait);
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(companion.process.pid)], {
    encoding: 'utf8',
  });
  const render = /^\s*(\d+) .*render\.cjs/m.exec(children)?.[1];
  if (render === undefined) throw new Error(`No render process among the companion's children:\n${children}`);
  process.kill(Number(render), 'SIGKILL');
  const rows = await untilOver(stage.panel, jobs, stage.ring.wait);
  expectPlacedOnce(rows);
});

test('with its project closed a take waits, and lands where it belongs when the project is back', async () => {
  await begin(2);
  const project = stage.simulator.projects[0]!;
  const jobs = await animateAll();
  stage.simulator.user.closeProject(project);
  const other = stage.simulator.addProject({ name: 'Other.prproj' });
  const elsewhere = other.addSequence({ name: 'Elsewhere', rate: example.rate, size: example.size });
  for (;;) {
    const rows = await stage.panel.link.list();
    if (rows.filter((row) => row.state === 'rendered' || row.state === 'delivered').length === jobs) break;
    await stage.ring.wait();
  }
  expect(elsewhere.snapshot().video.flatMap((track) => track.items)).toEqual([]);
  const [again] = stage.simulator.user.reopenProject(project).sequences;
  expectPlacedOnce(await untilOver(stage.panel, jobs, stage.ring.wait), again);
  expect(elsewhere.snapshot().video.flatMap((track) => track.items)).toEqual([]);
});
