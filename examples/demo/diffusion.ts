/** `npm run demo:diffusion`: a shot through the image-to-video engine, with a tiny pack built on the spot that is no model. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ProgressLine } from '../../companion-app/daemon/animate/progress-line';
import { tableOfRun } from '../../companion-app/daemon/animate/table';
import { dataLayout } from '../../companion-app/daemon/data-folder';
import { createSimulator, realClock } from '../../test/premiere-simulator';
import { startCompanion } from './companion-process';
import { ALL_BURNT, firstShotOf, installTinyPack } from './one-shot';
import { panelOn } from './panel';
import { bell, cleanFolder, pairAndStart, ringingView, untilOver, writeDemo, exitWith } from './run-demo';
import { readExample, shortened } from './sequence-file';
import { stageExample } from './stage';

const root = path.resolve(__dirname, '..');
const out = path.join(root, 'out', 'demo-diffusion');
const version = process.env.INBETWEEN_VERSION ?? '0.0.0';
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const SIZE = { width: 640, height: 360 };
const FRAMES = 48;

async function demo(): Promise<number> {
  const line = new ProgressLine(process.stdout, () => performance.now());
  await cleanFolder(out);
  const dataFolder = path.join(out, 'companion');
  const { packs } = dataLayout(dataFolder);
  await mkdir(packs, { recursive: true });
  const pack = await installTinyPack(packs, 'svd', { frames: 14, sway: true });
  say(
    `${path.relative(process.cwd(), path.join(packs, pack.name))}: a few hand-written graphs in the layout of a real`,
  );
  say('pack. It has learnt nothing: it shows the way a pack takes, not what a model can draw.');

  const whole = await readExample(path.join(root, 'examples', 'sequence.json'));
  const example = firstShotOf(shortened(whole, FRAMES, SIZE));
  const manifest: unknown = z.unknown().parse(JSON.parse(await readFile(path.join(root, 'manifest.json'), 'utf8')));
  const simulator = createSimulator({ manifest, clock: realClock() });
  const sequence = await stageExample(simulator, example);
  const entry = path.join(__dirname, 'inbetween.cjs');
  // The panel's manifest lets it dial these two.
  const companion = await startCompanion(entry, dataFolder, 47810).catch(() =>
    startCompanion(entry, dataFolder, 47813),
  );
  const rang = bell();
  const shotName = example.shots[0]?.name ?? '';
  const view = ringingView(rang.ring, {
    progress: (progress) => line.show(progress, { shot: shotName, number: 1, of: 1 }),
    home: ({ problem }) =>
      line.say(problem ? `${shotName}: ${problem.message} ${problem.action}` : `${shotName}: placed above its board`),
    trouble: (problem) => line.say(`${problem.message} ${problem.action}`),
  });
  const panel = await panelOn(simulator, companion.port, view);
  try {
    await pairAndStart(panel, companion.pairing);
    const wish = { engine: 'diffusion', pack, burnIns: ALL_BURNT, codec: 'prores-proxy', quality: 'full' } as const;
    const submitted = await panel.animator.animateSequence({ ...wish, seed: 1, version });
    for (const { problem } of submitted) if (problem) line.say(`${shotName}: ${problem.message} ${problem.action}`);
    const rows = await untilOver(panel, submitted.filter((shot) => shot.jobId !== undefined).length, rang.wait);
    line.clear();
    const made = new Date().toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
    const { run, files } = await writeDemo({ simulator, sequence, example, panel, version }, rows, out, made);
    say(`\n${tableOfRun(run)}\n`);
    for (const shot of run.shots) {
      for (const warning of shot.take?.warnings ?? []) say(`${shot.shot.name}: ${warning}`);
      if (shot.clip !== undefined) say(path.relative(process.cwd(), shot.clip));
    }
    for (const file of files) say(`${path.relative(process.cwd(), file.path)}  ${file.about}`);
    return run.shots.length === 1 && run.shots.every((shot) => shot.state === 'placed') ? 0 : 1;
  } finally {
    panel.animator.stop();
    panel.link.close();
    await companion.stop();
    simulator.dispose();
  }
}

exitWith(demo());
