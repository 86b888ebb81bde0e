/** The results as a page. */
import type { Size } from '../../shared/shot';

export interface Results {
  /** Seconds, medians. */
  readonly race: { readonly ours: number; readonly rival: number; readonly floor: number };
  readonly smoothness: readonly { readonly name: string; readonly mean: number; readonly uneven: number }[];
  readonly jobs: readonly {
    readonly size: Size;
    /** Seconds of clip. */
    readonly length: number;
    readonly seconds: number;
    readonly peakMb: number;
  }[];
  /** Seconds. */
  readonly preview: number;
}

export type Machine = Readonly<Record<'cpu' | 'system' | 'node' | 'ffmpeg' | 'date', string>> & {
  readonly cores: number;
};

const seconds = (value: number): string => `${value.toFixed(2)} s`;

export function page({ race, smoothness, jobs, preview }: Results, machine: Machine): string {
  const ratio = (value: number) => (value / race.ours).toFixed(2);
  const part = (value: number) => (race.ours / value).toFixed(2);
  return `# Benchmarks

Made by \`npm run bench\` on ${machine.date}: ${machine.cpu}, ${machine.cores} cores; ${machine.system}; Node ${machine.node};
${machine.ffmpeg}. All on the CPU.

## A push-in of 96 frames at 1920×1080, into ProRes 422 Proxy

From the decoded board to the finished file: reading the drawing, its relief, warping and encoding. Medians of five runs;
each run takes all three in turn.

| | time | Inbetween takes |
|---|---|---|
| Inbetween | ${seconds(race.ours)} | 1 |
| ffmpeg \`scale=8000:-1,zoompan\` | ${seconds(race.rival)} | ${part(race.rival)} of it (wanted: at most 0.6) |
| encoding alone | ${seconds(race.floor)} | ${part(race.floor)} times it (wanted: at most 3) |

Rivals take ${ratio(race.rival)} and ${ratio(race.floor)} times as long as Inbetween. zoompan has no parallax; encoding alone shows
one frame in eight, held.

## Whole jobs in the render process

From the order to the checked clip with its thumbnails, in a process just started; one run each. Memory is the process's
largest resident size over the job.

| clip | length | time | a frame | memory |
|---|---|---|---|---|
${jobs.map((job) => `| ${job.size.width}×${job.size.height} | ${job.length} s | ${seconds(job.seconds)} | ${((1000 * job.seconds) / (24 * job.length)).toFixed(0)} ms | ${job.peakMb.toFixed(0)} MB |`).join('\n')}

A preview of one second at 854×480, process warm, median of five: **${seconds(preview)}** (wanted: at most 1.5 s).

## Smoothness

A slow push (2 % over 48 frames) at 1920×1080: steps from frame to frame by phase correlation of a window of 256×256 pixels
right of the middle. Uneven is the largest difference of a step from the mean step (wanted: below 0.15 px).

| | mean step | uneven |
|---|---|---|
${smoothness.map(({ name, mean, uneven }) => `| ${name} | ${mean.toFixed(3)} px | ${uneven.toFixed(3)} px |`).join('\n')}
`;
}
