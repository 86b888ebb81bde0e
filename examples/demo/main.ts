/** `npm run demo`: the example sequence, from boards on a timeline to an animatic above them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ProgressLine } from '../../companion-app/daemon/animate/progress-line';
import { tableOfRun } from '../../companion-app/daemon/animate/table';
import { formatMovesForPeople } from '../../companion-app/daemon/animate/words';
import { resolveMoves } from '../../shared/shot';
import { createSimulator, realClock } from '../../test/premiere-simulator';
import { startCompanion } from './companion-process';
import { panelOn } from './panel';
import { bell, cleanFolder, pairAndStart, ringingView, untilOver, writeDemo, exitWith } from './run-demo';
import { readExample } from './sequence-file';
import { stageExample } from './stage';

const root = path.resolve(__dirname, '..');
const out = path.join(root, 'out', 'demo');
const version = process.env.INBETWEEN_VERSION ?? '0.0.0';
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function demo(): Promise<number> {
  const began = performance.now();
  const line = new ProgressLine(process.stdout, () => performance.now());
  await cleanFolder(out);
  const example = await readExample(path.join(root, 'examples', 'sequence.json'));
  const manifest: unknown = z.unknown().parse(JSON.parse(await readFile(path.join(root, 'manifest.json'), 'utf8')));
  const simulator = createSimulator({ manifest, clock: realClock() });
  const sequence = await stageExample(simulator, example);
  say(`"${example.name}": ${example.shots.length} shots lie on the timeline of a simulated Premiere.`);

  const companion = await startCompanion(
    path.join(__dirname, 'inbetween.cjs'),
    path.join(out, 'companion'),
    47810,
  ).catch(() => startCompanion(path.join(__dirname, 'inbetween.cjs'), path.join(out, 'companion'), 47813));
  const rang = bell();
  let finished = 0;
  const names = new Map<string, { shot: string; number: number; of: number }>();
  const panel = await panelOn(
    simulator,
    companion.port,
    ringingView(rang.ring, {
      submitting: ({ shotName, stage }) => line.say(`${shotName}: ${stage}`),
      event: ({ jobId, shotName, state }) => {
        if (!names.has(jobId)) names.set(jobId, { shot: shotName, number: names.size + 1, of: example.shots.length });
        if (state === 'rendered') finished += 1;
      },
      progress: (progress) =>
        line.show(progress, names.get(progress.jobId) ?? { shot: '', number: finished + 1, of: example.shots.length }),
      home: ({ shotName, problem, outcome }) =>
        line.say(
          problem
            ? `${shotName}: ${problem.message} ${problem.action}`
            : `${shotName}: placed on V${(outcome?.status === 'kept-in-bin' ? 0 : (outcome?.placement.trackIndex ?? 0)) + 1} above its board`,
        ),
      trouble: (problem) => line.say(`${problem.message} ${problem.action}`),
    }),
  );
  try {
    await pairAndStart(panel, companion.pairing);
    const submitted = await panel.animator.animateSequence({
      engine: 'auto',
      codec: 'prores-proxy',
      quality: 'full',
      seed: 1,
      version,
    });
    for (const { shotName, problem } of submitted)
      if (problem) line.say(`${shotName}: ${problem.message} ${problem.action}`);
    const rows = await untilOver(panel, submitted.filter((shot) => shot.jobId !== undefined).length, rang.wait);
    line.clear();
    for (const row of rows)
      say(
        `${row.spec.shot.name}: "${row.spec.shot.notes}" → ${formatMovesForPeople(resolveMoves(row.spec.shot)).join('; ') || 'still'}`,
      );
    const { run, files } = await writeDemo(
      { simulator, sequence, example, panel, version },
      rows,
      out,
      new Date().toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' }),
    );
    say(`\n${tableOfRun(run)}\n`);
    for (const shot of run.shots) if (shot.clip !== undefined) say(path.relative(process.cwd(), shot.clip));
    for (const file of files) say(`${path.relative(process.cwd(), file.path)}  ${file.about}`);
    say(
      `\nDone in ${((performance.now() - began) / 1000).toFixed(0)} s. Undo steps in Premiere: ${simulator.projects[0]?.undoStack.join(', ') ?? ''}`,
    );
    return run.shots.length === example.shots.length && run.shots.every((shot) => shot.state === 'placed') ? 0 : 1;
  } finally {
    panel.animator.stop();
    panel.link.close();
    await companion.stop();
    simulator.dispose();
  }
}

exitWith(demo());
