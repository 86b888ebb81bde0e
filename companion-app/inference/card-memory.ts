/** How much memory the graphics card has free, where its driver says so. */
import { execFile } from 'node:child_process';
import type { Provider } from './session';

const ASK_MS = 4_000;
const MIB = 2 ** 20;

/** What a program says, or undefined where it is not there, fails or takes too long. */
export type Ask = (program: string, args: readonly string[]) => Promise<string | undefined>;

const ask: Ask = (program, args) =>
  new Promise((resolve) => {
    execFile(program, [...args], { timeout: ASK_MS, windowsHide: true }, (error, stdout) =>
      resolve(error ? undefined : stdout),
    );
  });

/**
 * Free bytes of the card that `provider` runs on; undefined where nobody can say, as for cards of other makers than NVIDIA: what does not fit
 * is then found out by trying.
 */
export async function freeCardBytes(provider: Provider, asking: Ask = ask): Promise<number | undefined> {
  if (provider === 'cpu' || provider === 'coreml') return undefined;
  const said = await asking('nvidia-smi', ['--query-gpu=memory.free', '--format=csv,noheader,nounits']);
  const [first] = (said ?? '').split('\n').map((line) => Number.parseFloat(line));
  return first !== undefined && Number.isFinite(first) && first >= 0 ? first * MIB : undefined;
}
