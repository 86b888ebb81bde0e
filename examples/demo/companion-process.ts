/** A companion in its own process, as a user would start it: `inbetween serve`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const zReady = z.object({ ready: z.literal(true), port: z.number().int(), pairing: z.string() });

export interface CompanionProcess {
  readonly port: number;
  readonly pairing: string;
  readonly process: ChildProcess;
  /** Asks it to end and waits. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** Starts a companion and waits until it listens. Throws with its stderr when it does not come up. */
export async function startCompanion(entry: string, dataFolder: string, port = 0): Promise<CompanionProcess> {
  const child = spawn(process.execPath, [entry, 'serve', '--port', String(port), '--data', dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (data: Buffer) => {
    words = (words + data.toString()).slice(-4000);
  });
  const lines = createInterface({ input: child.stdout });
  const first = new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The companion ended at once (${code ?? 'killed'}).\n${words}`)));
    child.once('error', reject);
  });
  const { port: listening, pairing } = zReady.parse(JSON.parse(await first));
  const gone = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
  return {
    port: listening,
    pairing,
    process: child,
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
