/** The memory of the render process does not grow with the length of a clip. */
import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { zFromRender } from '../../companion-app/render/messages';
import type { JobSpec } from '../../shared/protocol';
import { RATES, type CameraMove } from '../../shared/shot';
import { nodeBundle } from '../built';
import { temporaryFolder } from '../media/temp-folder';
import { drawBoard, orderFor } from './orders';

const folder = temporaryFolder('memory');
const size = { width: 480, height: 270 };
const SHORT = 30;
const LONG = 6 * SHORT;
/** Of all frames that the long clip has more: what keeping each would cost is 58 MB. */
const ALLOWED_MB = 35;
const running: ChildProcess[] = [];
let script = '';

beforeAll(async () => (script = await nodeBundle('companion-app/render/main.ts')));
afterAll(() => running.forEach((child) => child.kill('SIGKILL')));

/** Most memory the process has ever held, MB. */
const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

async function peakAfter(lengths: readonly number[], engine: JobSpec['engine'], boards: readonly string[]) {
  const child = fork(script, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  running.push(child);
  const peaks: number[] = [];
  for (const [i, frames] of lengths.entries()) {
    const move: CameraMove = {
      kind: 'push-in',
      from: 0,
      to: frames,
      amount: 1.3,
      ease: 'linear',
      confidence: 1,
      text: '',
    };
    const order = orderFor({
      id: `job-${engine}-${i}-0000`,
      dir: path.join(folder(), `${engine}-${i}`),
      boards,
      shot: { frames, size, rate: RATES['24'], moves: [move] },
      spec: { engine, codec: 'h264' },
      fileName: 'clip.mp4',
    });
    const answer = new Promise<string>((resolve) => {
      const hear = (raw: unknown): void => {
        const message = zFromRender.parse(raw);
        if (message.type !== 'rendered' && message.type !== 'failed') return;
        child.off('message', hear);
        resolve(message.type === 'rendered' ? `${message.take.frames} frames` : JSON.stringify(message.problem));
      };
      child.on('message', hear);
    });
    child.send({ type: 'render', order });
    expect(await answer).toBe(`${frames} frames`);
    peaks.push(peakMb(child.pid ?? 0));
  }
  child.kill('SIGKILL');
  return peaks;
}

const linux = process.platform === 'linux' ? test : test.skip;

linux.each([
  ['parallax', 1],
  ['inbetween', 2],
] as const)('%s: a clip six times as long needs no more', async (engine, count) => {
  const names = ['a.png', 'b.png'].slice(0, count);
  const boards = await Promise.all(names.map((name, i) => drawBoard(path.join(folder(), name), 960, 540 - i)));
  // Twice the short one first: what is built once, and what the collector has not yet let go, is not the clip's.
  const [, short = 0, long = 0] = await peakAfter([SHORT, SHORT, LONG], engine, boards);
  expect(short).toBeGreaterThan(50);
  expect(long - short).toBeLessThan(ALLOWED_MB);
}, 120_000); // prettier-ignore
