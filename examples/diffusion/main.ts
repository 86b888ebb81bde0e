/**
 * `npm run demo:diffusion`: one shot of the example sequence animated by the diffusion engine with a pack that is made
 * here and is not a real model, then placed on the timeline like any other.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { createSimulator, realClock } from '../../test/premiere-simulator';
import { startCompanion } from '../demo/companion-process';
import { panelOn } from '../demo/panel';
import { bell, pairAndStart, ringingView, untilOver } from '../demo/run-demo';
import { readExample } from '../demo/sequence-file';
import { stageExample } from '../demo/stage';
import { writeTinyPack } from './tiny-pack';

const root = path.resolve(__dirname, '..');
const out = path.join(root, 'out', 'demo-diffusion');
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function demo(): Promise<number> {
  await rm(out, { recursive: true, force: true });
  const packs = path.join(out, 'companion', 'packs');
  await mkdir(packs, { recursive: true });
  await writeTinyPack(path.join(packs, 'tiny-not-a-real-model'), { frames: 14, sway: true });
  say(
    'Wrote a tiny pack. It is NOT a real model: it shows the way of a shot through the engine, not what a model draws.',
  );

  const example = await readExample(path.join(root, 'examples', 'sequence.json'));
  const manifest: unknown = z.unknown().parse(JSON.parse(await readFile(path.join(root, 'manifest.json'), 'utf8')));
  const simulator = createSimulator({ manifest, clock: realClock() });
  await stageExample(simulator, { ...example, shots: example.shots.slice(0, 1) });
  const companion = await startCompanion(path.join(__dirname, 'inbetween.cjs'), path.join(out, 'companion'), 47810);
  const rang = bell();
  const view = ringingView(rang.ring, {
    trouble: (problem) => say(`${problem.message} ${problem.action}`),
    home: ({ shotName, problem, outcome }) =>
      say(
        problem
          ? `${shotName}: ${problem.message} ${problem.action}`
          : `${shotName}: placed on V${(outcome?.status === 'kept-in-bin' ? 0 : (outcome?.placement.trackIndex ?? 0)) + 1} above its board`,
      ),
  });
  const panel = await panelOn(simulator, companion.port, view);
  try {
    await pairAndStart(panel, companion.pairing);
    const submitted = await panel.animator.animateSequence({
      engine: 'diffusion',
      codec: 'prores-proxy',
      quality: 'preview',
      seed: 1,
      version: process.env.INBETWEEN_VERSION ?? '0.0.0',
    });
    const rows = await untilOver(panel, submitted.filter((shot) => shot.jobId !== undefined).length, rang.wait);
    for (const { spec, state, take, problem } of rows) {
      say(`${spec.shot.name}: ${state}, ${take?.frames ?? 0} frames by the ${take?.engine ?? 'diffusion'} engine`);
      if (take) say(path.relative(process.cwd(), take.path));
      if (problem) say(`${problem.message} ${problem.action}`);
    }
    return rows.length > 0 && rows.every((row) => row.state === 'placed') ? 0 : 1;
  } finally {
    panel.animator.stop();
    panel.link.close();
    await companion.stop();
    simulator.dispose();
  }
}

demo().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
