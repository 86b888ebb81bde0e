/** docs/benchmarks-gateway.md from the figures of one run. */
import type { Rendering } from './rendering';
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
  readonly memory: Readonly<Record<'idle' | 'uploaded' | 'submitted' | 'steady', Figures>>;
  readonly seconds: number;
  /** While it rendered, one half of the time after the other. */
  readonly halves: readonly { readonly made: Rendering; readonly figures: Figures }[];
  /** Processes that wanted to run, averaged over the last minute, at the end. */
  readonly load: number;
  readonly cores: number;
  readonly processor: string;
}

const mb = (bytes: number): string => (bytes / 1_048_576).toFixed(0);
const ms = (value: number | null): string => (value === null ? 'not told here' : value.toFixed(0));
const count = (n: number): string => n.toLocaleString('en');

export function page(r: Result): string {
  const { idle, uploaded, submitted, steady } = r.memory;
  const parts: readonly (readonly [string, Figures])[] = [
    [`${r.connections} connections, nothing to do`, idle],
    [`while ${r.boards} boards came in`, uploaded],
    [`while ${count(r.shots)} shots were submitted`, submitted],
    [`while ${r.singles} single shots were submitted, ${r.connections} connections following`, steady],
    ...r.halves.map(
      ({ figures }, n) =>
        [n === 0 ? 'rendering, with uploads, lists and pings on all connections' : 'the same again', figures] as const,
    ),
  ];
  const sum = (of: (made: Rendering) => number): number => r.halves.reduce((all, { made }) => all + of(made), 0);
  const failed = sum((made) => made.failed);
  const reason = r.halves.map(({ made }) => made.reason).find((each) => each !== '') ?? '';
  const rates = r.halves.map(({ made }) => made.uploadRate.toFixed(0)).join(' and ');
  const block = Math.max(...r.halves.map(({ figures }) => figures.ownMs ?? figures.longestMs));
  return `# The gateway under load

Made by \`npm run bench:gateway\` (Node ${process.version}, ${r.cores} cores of ${r.processor}, load average at the end ${r.load.toFixed(1)}).
Clients, companion, render process and the bare echo share these cores, so absolute figures are worth little; the clients, which stand for
other machines, run below the usual priority. The ratio is taken in alternating halves.

| what | measured | asked for |
|---|---|---|
| boards of 3840×2160 into the companion (hashed, synced, renamed), ${r.connections} connections at once | ${r.uploadRate.toFixed(0)} MB/s | |
| the same frames through a bare \`ws\` echo | ${r.echoRate.toFixed(0)} MB/s | |
| ratio | ${(r.uploadRate / r.echoRate).toFixed(2)} | ≥ 0.6 |
| ${count(r.shots)} shots submitted by ${r.connections} connections | ${r.submitSeconds.toFixed(1)} s | |
| submit to event on another connection, ${count(r.shots)} shots waiting | p50 ${r.p50.toFixed(1)} ms, p99 ${r.p99.toFixed(1)} ms | |
| longest block of the daemon's event loop while rendering | ${ms(block)} ms | ≤ 50 ms |
| memory of the daemon, ${count(r.shots)} shots queued, after half and all of the rendering | ${r.halves.map(({ figures }) => `${mb(figures.rss)} MB`).join(', ')} | flat |

${r.boards} boards, ${r.megabytes.toFixed(0)} MB together. In the ${r.seconds} s of rendering ${sum((made) => made.rendered)} shots were
made${failed > 0 ? ` (${failed} failed: ${reason})` : ''} and ${sum((made) => made.boards)} more boards came in at ${rates} MB/s.

A heartbeat in the daemon's process asks for a turn of its event loop each millisecond. Late is how long it came to none; a block is what
was late without the time in which the thread was ready to run and other processes had the cores (Linux tells it): its work, and what it
waited for: the disk at a commit of the queue (libsql, synchronous FULL), and helper threads of its own that had no processor; work is the
most that the thread worked between two turns.

| the daemon's process | longest block, ms | longest work, ms | late at most, ms | late p99, ms | memory, MB | heap, MB |
|---|---|---|---|---|---|---|
${parts.map(([what, f]) => `| ${what} | ${ms(f.ownMs)} | ${ms(f.workMs)} | ${f.longestMs.toFixed(0)} | ${f.p99Ms.toFixed(1)} | ${mb(f.rss)} | ${mb(f.heap)} |`).join('\n')}
`;
}
