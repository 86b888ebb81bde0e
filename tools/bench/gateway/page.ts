/** docs/benchmarks-gateway.md from the figures of one run. */
import type { Figures } from './served';

export interface Result {
  readonly connections: number;
  readonly boards: number;
  readonly megabytes: number;
  /** Megabytes a second: into the companion, and there and back through the bare echo. */
  readonly uploadRate: number;
  readonly echoRate: number;
  readonly shots: number;
  readonly submitSeconds: number;
  /** Submit to event, milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly singles: number;
  readonly memory: Readonly<Record<'idle' | 'uploaded' | 'submitted' | 'steady' | 'rendering', Figures>>;
  readonly seconds: number;
  readonly rendered: number;
  /** Processes that wanted to run, averaged over the last minute, at the end. */
  readonly load: number;
  readonly cores: number;
  readonly processor: string;
}

const mb = (bytes: number): string => (bytes / 1_048_576).toFixed(0);

export function page(r: Result): string {
  const { idle, uploaded, submitted, steady, rendering } = r.memory;
  const parts: readonly (readonly [string, Figures])[] = [
    [`${r.connections} connections, nothing to do`, idle],
    [`while ${r.boards} boards came in`, uploaded],
    [`while ${r.shots.toLocaleString('en')} shots were submitted`, submitted],
    [`while ${r.singles} single shots were submitted, ${r.connections} connections following`, steady],
    [`${r.seconds} s of rendering, lists and pings meanwhile`, rendering],
  ];
  return `# The gateway under load

Made by \`npm run bench:gateway\` (Node ${process.version}, ${r.cores} cores of ${r.processor}, load average at the end ${r.load.toFixed(1)}).
Clients, companion, render process and the bare echo share these cores: where the load average is far above their number, other work
was on the machine, absolute figures are worth little, and only the ratio, taken in alternating halves, says something.

| what | measured | asked for |
|---|---|---|
| boards of 3840×2160 into the companion (hashed, synced, renamed) | ${r.uploadRate.toFixed(0)} MB/s | |
| the same frames through a bare \`ws\` echo | ${r.echoRate.toFixed(0)} MB/s | |
| ratio | ${(r.uploadRate / r.echoRate).toFixed(2)} | ≥ 0.6 |
| ${r.shots.toLocaleString('en')} shots submitted by ${r.connections} connections | ${r.submitSeconds.toFixed(1)} s | |
| submit to event on another connection, ${r.shots.toLocaleString('en')} shots waiting | p50 ${r.p50.toFixed(1)} ms, p99 ${r.p99.toFixed(1)} ms | |
| longest block of the daemon's event loop while rendering | ${rendering.longestMs.toFixed(0)} ms | ≤ 50 ms |

${r.boards} boards, ${r.megabytes.toFixed(0)} MB together; ${r.rendered} shots were rendered in the ${r.seconds} s. A block is what
\`perf_hooks.monitorEventLoopDelay\` saw: time in which the daemon's process did not come to its next turn, be it for its own work or
because it was not given a core.

| the daemon's process | longest block, ms | p99, ms | memory, MB | heap, MB |
|---|---|---|---|---|
${parts.map(([what, f]) => `| ${what} | ${f.longestMs.toFixed(0)} | ${f.p99Ms.toFixed(1)} | ${mb(f.rss)} | ${mb(f.heap)} |`).join('\n')}
`;
}
