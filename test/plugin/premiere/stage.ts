/** A simulated Premiere with boards on its timeline, real files behind them, and the room under test in front of it. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import sharp from 'sharp';
import {
  createPremiereHost,
  type FileAccess,
  type PlaceRequest,
  type PremiereHost,
  type SequenceRef,
} from '../../../plugin/premiere';
import { formatRate, RATES, type FrameRate } from '../../../shared/shot';
import {
  createSimulator,
  type Faults,
  type ProjectBuilder,
  type SequenceBuilder,
  type SequenceOptions,
  type Simulator,
} from '../../premiere-simulator';

export const nodeFiles: FileAccess = {
  exists: (file) =>
    stat(file).then(
      () => true,
      () => false,
    ),
  size: async (file) => (await stat(file)).size,
  readFile: async (file) => new Uint8Array(await readFile(file)),
  remove: (file) => rm(file, { force: true }),
};

export interface StageOptions {
  readonly sequence?: SequenceOptions;
  readonly faults?: Partial<Faults>;
  readonly files?: Partial<FileAccess>;
}

export class Stage {
  readonly sim: Simulator;
  readonly project: ProjectBuilder;
  readonly sequence: SequenceBuilder;
  readonly host: PremiereHost;
  readonly rate: FrameRate;

  constructor(
    readonly folder: string,
    private readonly options: StageOptions,
  ) {
    this.sim = createSimulator({ faults: options.faults ?? {} });
    this.project = this.sim.addProject({ name: 'Film.prproj' });
    this.sequence = this.project.addSequence({ name: 'Storyboard', ...options.sequence });
    this.rate = options.sequence?.rate ?? RATES['23.976'];
    this.host = this.newHost();
  }

  /** The panel started anew: nothing is remembered but what Premiere keeps. */
  newHost(): PremiereHost {
    return createPremiereHost(this.sim.ppro, {
      files: { ...nodeFiles, ...this.options.files },
      wait: (ms) => this.sim.clock.sleep(ms),
      now: () => this.sim.clock.now(),
      tempFolder: this.temp,
    });
  }

  get temp(): string {
    return path.join(this.folder, 'temp');
  }

  get ref(): SequenceRef {
    return { projectId: this.project.guid, sequenceId: this.sequence.guid };
  }

  /** A picture file of one colour. */
  async picture(name: string, colour = '#888888'): Promise<string> {
    const file = path.join(this.folder, name);
    const picture = sharp({ create: { width: 64, height: 36, channels: 3, background: colour } });
    await sharp(await picture.png().toBuffer()).toFile(file);
    return file;
  }

  /** A board on the timeline, with its file. */
  async board(
    name: string,
    start: number,
    frames: number,
    options: { track?: number; clipName?: string; colour?: string } = {},
  ) {
    const file = await this.picture(name, options.colour);
    return this.sequence.addStill({
      path: file,
      start,
      frames,
      ...(options.track === undefined ? {} : { track: options.track }),
      ...(options.clipName === undefined ? {} : { name: options.clipName }),
    });
  }

  /** A clip of exactly this many frames at the sequence's rate, without sound. */
  async clip(name: string, frames: number): Promise<string> {
    const file = path.join(this.folder, name);
    await copyFile(await master(frames, this.rate), file);
    return file;
  }

  /** The request for a take of SH010, 48 frames from frame 24, and its clip; parts may be given. */
  async take(given: Partial<PlaceRequest> = {}): Promise<PlaceRequest> {
    const jobId = given.jobId ?? 'job-0001';
    const shotName = given.shotName ?? 'SH010';
    const take = given.take ?? 1;
    const frames = given.frames ?? 48;
    return {
      ...this.ref,
      jobId,
      shotName,
      take,
      frames,
      startFrame: 24,
      trackAbove: 0,
      rate: this.rate,
      ...given,
      path: given.path ?? (await this.clip(`${shotName}_t${String(take).padStart(2, '0')}_${jobId}.mov`, frames)),
    };
  }

  /** What lies on a video track: name, first frame, frames, and "off" where disabled. */
  lane(index: number): string[] {
    return (this.sequence.snapshot().video[index]?.items ?? []).map(
      (item) => `${item.name} ${item.startFrame}+${item.frames}${item.disabled ? ' off' : ''}`,
    );
  }

  /** Everything on the timeline, to see that nothing else changed. */
  layout(): string {
    const { video, audio } = this.sequence.snapshot();
    return JSON.stringify(
      [video, audio].map((tracks) =>
        tracks.map((track) => track.items.map((i) => [i.name, i.startFrame, i.frames, i.linked, i.disabled])),
      ),
    );
  }

  /** Entries of the project panel below the bin for takes. */
  bin(): string[] {
    return this.project
      .bin()
      .map((entry) => entry.path)
      .filter((entry) => entry.startsWith('Animatics/'));
  }
}

const masters = new Map<string, Promise<string>>();
let masterFolder: Promise<string> | null = null;

function master(frames: number, rate: FrameRate): Promise<string> {
  const key = `${frames}@${formatRate(rate)}`;
  const known = masters.get(key) ?? encode(key, frames, rate);
  masters.set(key, known);
  return known;
}

async function encode(key: string, frames: number, rate: FrameRate): Promise<string> {
  masterFolder ??= mkdtemp(path.join(tmpdir(), 'inbetween-masters-'));
  const file = path.join(await masterFolder, `${key}.mov`);
  const source = `color=c=red:s=64x36:r=${rate.num}/${rate.den}`;
  const args = [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    source,
    '-frames:v',
    String(frames),
    '-c:v',
    'prores_aw',
    '-profile:v',
    '0',
    '-pix_fmt',
    'yuv422p10le',
    file,
  ];
  await promisify(execFile)(ffmpeg.path, args);
  return file;
}

const open: { folder: string; sim: Simulator }[] = [];

export async function newStage(options: StageOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'inbetween-premiere-'));
  const stage = new Stage(folder, options);
  await mkdir(stage.temp);
  open.push({ folder, sim: stage.sim });
  return stage;
}

/** After each test: nothing was done that a live host might not have survived, and nothing is left on disk. */
export async function strike(): Promise<void> {
  for (const { folder, sim } of open.splice(0)) {
    expect(sim.hazards).toEqual([]);
    sim.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** After all tests of a file. */
export async function clearMasters(): Promise<void> {
  masters.clear();
  if (masterFolder) await rm(await masterFolder, { recursive: true, force: true });
  masterFolder = null;
}

/** The problem a rejected promise carries. */
export async function problemOf(
  promise: Promise<unknown>,
): Promise<{ code: string; message: string; safe: string; action: string; retry: boolean }> {
  const thrown: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof Error && 'problem' in thrown) return thrown.problem as Awaited<ReturnType<typeof problemOf>>;
  throw new Error(`Expected an InbetweenError, not ${String(thrown)}`);
}
