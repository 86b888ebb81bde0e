/** What a companion needs of its machine, looked at one by one. Each check answers; none throws. */
import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { toProblem } from '../../../shared/problem';
import { PORTS } from '../../../shared/protocol';
import { candidates, tryProvider, type Provider } from '../../inference';
import { locateFfmpeg } from '../../media';
import { RenderProcess } from '../../queue/runner/render-process';
import { DaemonClient } from '../client';
import { silentLog } from '../logs';

export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do, where something is wrong. */
  readonly action?: string;
}

/** A full-length clip and its copies fit into this. Bytes. */
const ROOM_NEEDED = 2 * 1024 ** 3;
const START_MS = 30_000;

export async function checkDisk(dataDir: string): Promise<Finding> {
  const name = 'data folder';
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.W_OK);
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    const detail = `${dataDir}, ${(free / 1024 ** 3).toFixed(1)} GB free`;
    return free >= ROOM_NEEDED
      ? { name, ok: true, detail }
      : { name, ok: false, detail, action: 'Make room on that disk.' };
  } catch (error) {
    return {
      name,
      ok: false,
      detail: toProblem(error).message,
      action: 'Choose a folder you may write to with --data.',
    };
  }
}

export async function checkFfmpeg(): Promise<Finding> {
  try {
    const { ffmpeg, version } = await locateFfmpeg();
    return { name: 'ffmpeg', ok: true, detail: `${version} (${ffmpeg})` };
  } catch (error) {
    const { message, action } = toProblem(error);
    return { name: 'ffmpeg', ok: false, detail: message, action };
  }
}

/** The render process is started for real and asked what it can do. */
export async function checkRenderProcess(entry: string): Promise<Finding> {
  const render = new RenderProcess({ entry, startMs: START_MS, silenceMs: START_MS }, silentLog);
  const ready = await render.ready;
  render.leave();
  const timer = setTimeout(() => render.kill(), 3_000);
  await render.gone;
  clearTimeout(timer);
  if (ready) return { name: 'render process', ok: true, detail: `engines: ${ready.engines.join(', ')}` };
  return {
    name: 'render process',
    ok: false,
    detail: `${entry} does not start`,
    action: 'Install the companion again.',
  };
}

/** What a runtime wrote to a terminal, as one short line without colours. */
function firstLine(text: string): string {
  const plain = stripVTControlCharacters(text).split('\n', 1)[0] ?? '';
  return plain.length > 120 ? `${plain.slice(0, 120)}…` : plain;
}

/** One provider; that the machine has no graphics card is no fault, that the CPU does not work is one. */
export async function checkProvider(provider: Provider): Promise<Finding> {
  const trial = await tryProvider(provider);
  const detail = trial.works ? `works (${trial.ms.toFixed(1)} ms)` : `not here: ${firstLine(trial.reason)}`;
  return { name: `provider ${provider}`, ok: trial.works || provider !== 'cpu', detail };
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });

export async function checkPort(dataDir: string): Promise<Finding> {
  const client = await DaemonClient.connect(dataDir).catch(() => null);
  if (client) {
    client.close();
    return { name: 'port', ok: true, detail: `a companion is running on port ${client.port}` };
  }
  for (const port of PORTS) if (await isFree(port)) return { name: 'port', ok: true, detail: `${port} is free` };
  return {
    name: 'port',
    ok: false,
    detail: `${PORTS.join(', ')} are all taken`,
    action: 'Quit the programs that use these ports.',
  };
}

/** All checks, one after the other. */
export async function examine(dataDir: string, renderEntry: string): Promise<readonly Finding[]> {
  const findings = [await checkDisk(dataDir), await checkFfmpeg(), await checkRenderProcess(renderEntry)];
  for (const provider of candidates(process.platform)) findings.push(await checkProvider(provider));
  return [...findings, await checkPort(dataDir)];
}
