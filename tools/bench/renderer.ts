/** A render process of the product, driven as the daemon drives it. */
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { zFromRender, zRenderOrder } from '../../companion-app/render/messages';
import { RATES, type CameraMove, type Size } from '../../shared/shot';

export interface Job {
  readonly board: string;
  readonly frames: number;
  readonly size: Size;
  readonly moves: readonly CameraMove[];
  readonly quality?: 'preview' | 'full';
}

/** Starts warm: resolves once the process takes orders. */
export class Renderer {
  private count = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(script: string, folder: string): Promise<Renderer> {
    await mkdir(folder, { recursive: true });
    const child = fork(script, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('the render process ended')));
      child.on('message', (raw) => {
        if (zFromRender.parse(raw).type === 'ready') resolve();
      });
    });
    return new Renderer(child, folder);
  }

  /** Seconds from the order to the finished, checked clip. */
  render(job: Job): Promise<number> {
    this.count += 1;
    const sha256 = createHash('sha256').update(readFileSync(job.board)).digest('hex');
    const id = `bench-${String(this.count).padStart(8, '0')}`;
    const order = zRenderOrder.parse({
      spec: {
        id,
        sequence: { projectId: 'bench', sequenceId: 'bench', name: 'Bench' },
        shot: {
          ...{ id: 'shot', name: 'SH010', rate: RATES['24'], dropFrame: false, startFrame: 0, frames: job.frames },
          ...{ size: job.size, fit: 'fill', notes: '', moves: job.moves },
          boards: [{ board: sha256, at: 0, name: path.basename(job.board) }],
        },
        ...{
          engine: 'parallax',
          seed: 1,
          codec: 'prores-proxy',
          quality: job.quality ?? 'full',
          take: 1,
          version: '0',
        },
      },
      attempt: 1,
      boards: [{ sha256, path: job.board }],
      attemptDir: path.join(this.folder, id),
      fileName: 'clip.mov',
      provider: 'cpu',
    });
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const listen = (raw: unknown): void => {
        const message = zFromRender.parse(raw);
        if (message.type !== 'rendered' && message.type !== 'failed') return;
        this.child.off('message', listen);
        if (message.type === 'rendered') resolve((performance.now() - began) / 1000);
        else reject(new Error(message.problem.message));
      };
      this.child.on('message', listen);
      this.child.send({ type: 'render', order });
    });
  }

  /** Largest resident size so far in MB; NaN where the system does not tell. */
  async peakMb(): Promise<number> {
    const status = await readFile(`/proc/${this.child.pid ?? 0}/status`, 'utf8').catch(() => '');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.send({ type: 'exit' });
    await ended;
  }
}
