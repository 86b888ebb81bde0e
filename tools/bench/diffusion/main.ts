/** `npm run bench:diffusion`: what the image-to-video engine costs besides its networks. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { tinySvd } from '../../../examples/tiny-pack/svd';
import { writePack } from '../../../examples/tiny-pack/write';
import { residentOverShots } from './memory';
import { measureSteps, watchRuns, type StepTimes } from './overhead';
import { stubSvd } from './stub-pack';

const RUNS = 5;
const STEPS = 5;
const SHOTS = 50;
/** Shots after which memory has settled: what is loaded once is loaded. */
const SETTLED = 10;
const MOST_PART = 0.05;
/** Step times to hold the overhead against, seconds: 4.9 is that of SVD's real shape on a measured card (docs/benchmarks-gpu.md). */
const EXAMPLES = [0.5, 1, 2, 4.9, 20];

const zVersion = z.object({ version: z.string() });

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function stepsText(runs: readonly StepTimes[]): string {
  const medians = runs.map(({ outside }) => median(outside));
  const own = median(medians);
  const inside = median(runs.map((run) => median(run.inside)));
  const least = own * (1 / MOST_PART - 1);
  const rows = EXAMPLES.map((seconds) => {
    const part = own / (own + seconds * 1000);
    return `| ${seconds} s | ${(part * 100).toFixed(2)} % | ${part <= MOST_PART ? 'yes' : 'no'} |`;
  });
  return `## Time outside the network

Stable Video Diffusion's layout at 1024 × 576 × 14 frames with guidance: the network is given a sample of [2, 14, 8, 72, 128],
embeddings of [2, 1, 1024] and a timestep, and gives [2, 14, 4, 72, 128]. It is a stub that copies its input, so that a step
is nearly all the engine's own work: building tensors, looking for numbers that are none, guidance, the scheduler's step.

- **${own.toFixed(1)} ms a step outside \`session.run\`** (median of ${runs.length} runs of ${STEPS} steps; runs: ${medians.map((ms) => ms.toFixed(1)).join(', ')} ms;
  quietest step: ${Math.min(...runs.flatMap(({ outside }) => outside)).toFixed(1)} ms).
- The stub itself took ${inside.toFixed(1)} ms a step.
- At most 5 % of a step for every network that takes longer than **${(least / 1000).toFixed(2)} s** a step.

| a network of | engine's part of the step | at most 5 % |
|---|---|---|
${rows.join('\n')}

4.9 s is a step of SVD's real shape on an NVIDIA H100 through WebGPU ([benchmarks-gpu.md](benchmarks-gpu.md)), where sending tensors to the
card and back is part of \`session.run\`. The other step times are examples.
`;
}

function memoryText(resident: readonly number[]): string {
  const [settled = NaN, end = NaN] = [resident[SETTLED - 1], resident[resident.length - 1]];
  return `## Memory over ${resident.length} shots

One engine, kept warm, made ${resident.length} tiny shots one after the other: ${settled.toFixed(0)} MB resident after shot ${SETTLED},
${end.toFixed(0)} MB after shot ${resident.length} (highest ${Math.max(...resident).toFixed(0)} MB).
`;
}

async function main(root: string): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-diffusion-'));
  try {
    await writePack(path.join(folder, 'stub'), stubSvd());
    await writePack(path.join(folder, 'tiny'), tinySvd({ frames: 3 }));
    const inRuns = watchRuns();
    const runs: StepTimes[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await measureSteps(path.join(folder, 'stub'), STEPS, inRuns));
    const resident = await residentOverShots(folder, 'tiny', SHOTS);
    const runtime = path.join(root, 'node_modules/onnxruntime-node/package.json');
    const { version } = zVersion.parse(JSON.parse(await readFile(runtime, 'utf8')));
    const cpu = os.cpus()[0]?.model ?? 'unknown processor';
    const text = `# Image-to-video: what the engine costs besides its networks

Written by \`npm run bench:diffusion\`. ${cpu}, ${os.cpus().length} cores, ${(os.totalmem() / 1e9).toFixed(0)} GB; ${os.type()} ${os.arch()};
Node ${process.versions.node}, ONNX Runtime ${version}, CPU provider. Load of the machine at the end: ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')} (over 1, 5 and 15 minutes).

${stepsText(runs)}
${memoryText(resident)}`;
    await writeFile(path.join(root, 'docs', 'benchmarks-diffusion.md'), text);
    process.stdout.write(text);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main(process.argv[2] ?? process.cwd()).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
