import { fork, type ChildProcess } from 'node:child_process';
import { buildSync } from 'esbuild';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { probeClip } from '../../companion-app/media';
import { zFromRender, type FromRender, type RenderOrder } from '../../companion-app/render/messages';
import { gone, residentMb, workingOn } from '../media/processes';
import { temporaryFolder } from '../media/temp-folder';
import { drawBoard, orderFor, type Wish } from './orders';

const root = path.resolve(__dirname, '../..');
/** Packages are found from here; git ignores it. */
const built = path.join(root, '.cache', 'test');
const folder = temporaryFolder('process');
let board = '';
let count = 0;
const running: Child[] = [];

class Child {
  readonly heard: FromRender[] = [];
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  errors = '';
  #wake: () => void = () => undefined;

  constructor(script: string) {
    this.process = fork(path.join(built, script), [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    this.process.stderr?.on('data', (text: Buffer) => (this.errors += text.toString()));
    this.process.on('message', (raw) => {
      this.heard.push(zFromRender.parse(raw));
      this.#wake();
    });
    this.ended = new Promise((resolve) => this.process.on('exit', (code, signal) => resolve({ code, signal })));
    running.push(this);
  }

  say(message: object): void {
    this.process.send(message);
  }

  /** The first message so far or to come that fits. */
  async until<T extends FromRender['type']>(
    type: T,
    fits: (message: Extract<FromRender, { type: T }>) => boolean = () => true,
  ): Promise<Extract<FromRender, { type: T }>> {
    for (;;) {
      for (const message of this.heard)
        if (message.type === type && fits(message as Extract<FromRender, { type: T }>))
          return message as Extract<FromRender, { type: T }>;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

function order(wish: Partial<Wish> = {}): RenderOrder {
  count += 1;
  return orderFor({
    id: `job-${String(count).padStart(8, '0')}`,
    dir: path.join(folder(), `attempt-${count}-${process.pid}`),
    boards: [board],
    ...wish,
  });
}

async function started(script = 'render-child.cjs'): Promise<Child> {
  const child = new Child(script);
  await child.until('ready');
  return child;
}

beforeAll(async () => {
  const entryPoints = {
    'render-child': path.join(__dirname, 'child.ts'),
    render: path.join(root, 'companion-app/render/main.ts'),
  };
  buildSync({
    entryPoints,
    outdir: built,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    loader: { '.proto': 'text' },
    logLevel: 'error',
  });
  board = await drawBoard(path.join(folder(), 'board.png'), 160, 90);
});
afterAll(() => running.forEach((child) => child.process.kill('SIGKILL')));

describe('the render process', () => {
  it('says what it can do, renders, tells its progress, and leaves when told to', async () => {
    const child = await started('render.cjs');
    expect(child.heard[0]).toMatchObject({ type: 'ready', engines: ['parallax', 'inbetween', 'diffusion'] });
    const wanted = order({ spec: { engine: 'auto' }, shot: { frames: 12 } });
    child.say({ type: 'render', order: wanted });
    const { take, attempt, jobId } = await child.until('rendered');
    expect([jobId, attempt, take.frames]).toEqual([wanted.spec.id, 1, 12]);
    expect(await probeClip(take.path)).toMatchObject({ frames: 12 });
    const progress = child.heard.flatMap((message) => (message.type === 'progress' ? [message] : []));
    expect(progress.length).toBeGreaterThan(0);
    expect(progress.every(({ jobId: id, done, of }) => id === jobId && done >= 0 && done <= of)).toBe(true);
    child.say({ type: 'exit' });
    expect(await child.ended).toEqual({ code: 0, signal: null });
  });

  it('gives a job up when asked, leaves nothing of it, and takes the next', async () => {
    const child = await started();
    const slow = order({ shot: { frames: 5000, notes: 'slow' } });
    child.say({ type: 'render', order: slow });
    await child.until('progress', ({ done }) => done > 20);
    child.say({ type: 'cancel', jobId: 'job-of-another' });
    child.say({ type: 'cancel', jobId: slow.spec.id });
    const failed = await child.until('failed');
    expect(failed).toMatchObject({ jobId: slow.spec.id, problem: { code: 'cancelled' } });
    expect([readdirSync(slow.attemptDir), workingOn(slow.attemptDir)]).toEqual([[], []]);
    const next = order();
    child.say({ type: 'render', order: next });
    expect((await child.until('rendered')).jobId).toBe(next.spec.id);
  });

  it('takes one job at a time', async () => {
    const child = await started();
    const [first, second] = [order({ shot: { notes: 'slow' } }), order()];
    child.say({ type: 'render', order: first });
    child.say({ type: 'render', order: second });
    expect(await child.until('failed')).toMatchObject({
      jobId: second.spec.id,
      problem: { code: 'busy', retry: true },
    });
    expect((await child.until('rendered')).jobId).toBe(first.spec.id);
  });

  it('lives on after a job that fails', async () => {
    const child = await started();
    const bad = order({ shot: { notes: 'throw-late' } });
    child.say({ type: 'render', order: bad });
    expect(await child.until('failed')).toMatchObject({ jobId: bad.spec.id, problem: { code: 'render-failed' } });
    expect(readdirSync(bad.attemptDir)).toEqual([]);
    child.say({ type: 'render', order: order() });
    await child.until('rendered');
  });

  it('answers for the job at hand when something breaks that nobody caught, then ends', async () => {
    const child = await started();
    const wanted = order({ shot: { frames: 500, notes: 'uncaught' } });
    child.say({ type: 'render', order: wanted });
    expect(await child.until('failed')).toMatchObject({ jobId: wanted.spec.id, problem: { code: 'render-failed' } });
    expect(await child.ended).toEqual({ code: 1, signal: null });
    await gone(wanted.attemptDir);
    expect(existsSync(path.join(wanted.attemptDir, wanted.fileName))).toBe(false);
  });

  it('refuses an order it cannot read and ignores what is no message', async () => {
    const child = await started();
    const wanted = order();
    child.say({ hello: 'there' });
    child.say({ type: 'render', order: { ...wanted, boards: 'none' } });
    expect(await child.until('failed')).toMatchObject({ jobId: wanted.spec.id, problem: { code: 'bad-message' } });
    child.say({ type: 'render', order: wanted });
    await child.until('rendered');
  });

  it('ends when its parent is gone, and ffmpeg with it', async () => {
    const child = await started();
    const slow = order({ shot: { frames: 5000, notes: 'slow' } });
    child.say({ type: 'render', order: slow });
    await child.until('progress', ({ done }) => done > 20);
    expect(workingOn(slow.attemptDir).length).toBeGreaterThan(0);
    child.process.disconnect();
    expect(await child.ended).toEqual({ code: 0, signal: null });
    await gone(slow.attemptDir);
    expect(readdirSync(slow.attemptDir)).toEqual([]);
  });

  it('killed in its middle leaves no clip under its final name and no ffmpeg', async () => {
    const child = await started();
    const slow = order({ shot: { frames: 5000, notes: 'slow' } });
    mkdirSync(slow.attemptDir, { recursive: true });
    child.say({ type: 'render', order: slow });
    await child.until('progress', ({ done }) => done > 20);
    child.process.kill('SIGKILL');
    await child.ended;
    await gone(slow.attemptDir);
    expect(existsSync(path.join(slow.attemptDir, slow.fileName))).toBe(false);
  });

  it('needs no more memory after many jobs than after a few', async () => {
    const child = await started();
    const work = async (jobs: number): Promise<void> => {
      for (let i = 0; i < jobs; i += 1) {
        const wanted = order({ shot: { frames: 8, size: { width: 640, height: 360 } } });
        child.say({ type: 'render', order: wanted });
        await child.until('rendered', ({ jobId }) => jobId === wanted.spec.id);
      }
    };
    const { pid = 0 } = child.process;
    await work(6);
    const before = residentMb(pid);
    await work(14);
    const after = residentMb(pid);
    // A leak of one 640×360 picture a frame would be 77 MB by now.
    if (before !== null && after !== null) expect(after - before).toBeLessThan(40);
  }, 120_000);
});
