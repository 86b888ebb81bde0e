/** One shot from boards to a checked clip: decode, animate, encode, probe, check, thumbnails. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Take } from '../../shared/protocol';
import {
  clipFrames,
  NO_HANDLES,
  withHandles,
  withLead,
  type CameraMove,
  type Shot,
  type Size,
} from '../../shared/shot';
import type { BoardPicture, Engine, Frame } from '../engines/engine';
import {
  assertEncodable,
  encodeClip,
  fileError,
  makeBurnIn,
  type ClipOrder,
  type Making,
  type Picture,
} from '../media';
import { readBoards } from './boards';
import { burnt, reduced } from './burnt';
import type { EngineShelf } from './engines';
import { finish, THUMBNAIL_WIDTH } from './finish';
import { glimpses } from './glimpses';
import { held } from './held';
import { partsOf, type Report } from './progress';
import { assertLength, assertPlainName, sizeOf, type RenderRequest } from './request';

export interface RenderTools {
  readonly engines: EngineShelf;
  /** The camera moves of a shot: the artist's own, else what its note says. */
  readonly movesOf: (shot: Shot) => readonly CameraMove[];
  /** Milliseconds from any fixed moment; for durations. */
  readonly now: () => number;
}

export interface RenderHooks {
  /** Ends the work within a frame; renderShot then throws the signal's reason. */
  readonly signal: AbortSignal;
  readonly progress: Report;
  /** Told before an engine blocks the thread for long. */
  readonly quiet?: ((ms: number) => void) | undefined;
  /** Told a small JPEG of the newest frame now and then. */
  readonly frame?: (jpeg: Uint8Array) => void;
}

const MOST_WARNINGS = 32;

/**
 * Renders a shot into request.attemptDir. Throws InbetweenError (or what an engine throws, or the signal's reason);
 * whatever was written is then removed.
 */
export async function renderShot(request: RenderRequest, tools: RenderTools, hooks: RenderHooks): Promise<Take> {
  const began = tools.now();
  assertPlainName(request.fileName);
  assertLength(request.spec.shot);
  const written: string[] = [];
  try {
    const take = await render(request, tools, hooks, written);
    return { ...take, seconds: Math.max(0, (tools.now() - began) / 1000) };
  } catch (error) {
    await Promise.all(written.map((file) => rm(file, { force: true })));
    throw error;
  }
}

async function render(
  request: RenderRequest,
  tools: RenderTools,
  hooks: RenderHooks,
  written: string[],
): Promise<Omit<Take, 'seconds'>> {
  const { spec } = request;
  const { signal } = hooks;
  const part = partsOf(hooks.progress);
  const size = sizeOf(spec);
  assertEncodable(spec.codec, size);
  const warnings = new Set<string>();
  part('boards')(0, 1, 'Reading the boards');
  const boards = await readBoards(request, size, signal);
  const shot = withMoves(spec.shot, tools);
  const { provider, packsDir } = request;
  const opening = { signal, progress: part('boards'), quiet: hooks.quiet };
  const wish = { provider, packsDir, pack: spec.pack?.name, styles: spec.styles, opening };
  const engine = await tools.engines.get(spec.engine, wish, shot.boards.length);
  signal.throwIfAborted();
  await makeFolder(request.attemptDir);
  const clip: ClipOrder = {
    path: path.join(request.attemptDir, request.fileName),
    size,
    rate: shot.rate,
    frames: clipFrames(shot, spec.handles),
    codec: spec.codec,
    title: shot.name,
    making: makingOf(request, engine),
  };
  written.push(clip.path);
  const glimpse = hooks.frame && glimpses(hooks.frame, tools.now);
  const frames = withEnds(engine, shot, boards, { size, request, hooks, report: part('frames'), warnings, glimpse });
  const burnIn = await makeBurnIn(shot, size, { previs: isPrevis(request.previs, engine.name) });
  const lead = spec.handles?.before ?? 0;
  const clean: Picture[] = [];
  const keepFirst = async (first: Frame): Promise<void> => void clean.push(await reduced(first, THUMBNAIL_WIDTH));
  await encodeClip(clip, burnIn ? burnt(frames, burnIn, keepFirst, lead) : frames, { signal });
  const report = part('finish');
  const made = {
    ...{ clip, shot, from: lead, engine: engine.name, boards },
    ...{ clean: clean[0], quality: spec.quality },
  };
  const looked = await finish(made, { written, signal, report });
  const sha256 = await hashOf(clip.path, signal);
  const { size: bytes } = await stat(clip.path);
  report(4, 4, 'Finishing');
  return {
    ...{ path: clip.path, bytes, sha256, size, rate: clip.rate, frames: shot.frames, codec: clip.codec },
    ...(spec.handles ? { handles: spec.handles } : {}),
    ...{ engine: engine.name, provider: engine.provider, seed: spec.seed, ...looked },
    warnings: [...sizeWarning(spec.shot.size, size, spec.quality), ...warnings].slice(0, MOST_WARNINGS),
  };
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw fileError(path.basename(folder), error) ?? error;
  }
}

/** Drawn frames win over moves, whoever made those. */
function withMoves(shot: Shot, { movesOf }: RenderTools): Shot {
  return shot.framing ? shot : { ...shot, moves: movesOf(shot) };
}

interface Animation {
  readonly size: Size;
  readonly request: RenderRequest;
  readonly hooks: RenderHooks;
  readonly report: Report;
  readonly warnings: Set<string>;
  readonly glimpse: ((frame: Frame) => Promise<void>) | undefined;
}

/**
 * All frames of the clip. What a model makes up goes on in the handles; a camera over a drawing rests there, so that the shot's own frames
 * are what they are without.
 */
async function* withEnds(
  engine: Engine,
  shot: Shot,
  boards: readonly BoardPicture[],
  animation: Animation,
): AsyncGenerator<Frame> {
  const { handles = NO_HANDLES } = animation.request.spec;
  if (engine.name !== 'diffusion') yield* held(animated(engine, shot, boards, animation), shot.frames, handles);
  else yield* animated(engine, withHandles(shot, handles), withLead(boards, handles.before), animation);
}

/** The engine's frames, with progress told: in the engine's own steps, or by frames where it tells none. */
async function* animated(
  engine: Engine,
  shot: Shot,
  boards: readonly BoardPicture[],
  animation: Animation,
): AsyncGenerator<Frame> {
  const { size, request, hooks, report, warnings, glimpse } = animation;
  const engineTells = { steps: false };
  const frames = engine.animate(shot, boards, {
    size,
    seed: request.spec.seed,
    quality: request.spec.quality,
    quiet: hooks.quiet,
    lines: { prompt: request.spec.prompt, negative: request.spec.negative, style: request.spec.styleLine },
    signal: hooks.signal,
    progress: (done, of, stage) => {
      engineTells.steps = true;
      report(done, of, stage);
    },
    warn: (sentence) => warnings.add(sentence.slice(0, 1000)),
  });
  report(0, 1, 'Animating');
  let made = 0;
  for await (const frame of frames) {
    hooks.signal.throwIfAborted();
    await glimpse?.(frame);
    yield frame;
    made += 1;
    if (!engineTells.steps) report(made, shot.frames, 'Animating');
  }
}

async function hashOf(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest('hex');
}

/** Whether PREVIS is burnt in: decided here, by what made the frames, so that nobody has to remember it. */
function isPrevis(wish: RenderRequest['previs'], engine: Engine['name']): boolean {
  return wish === 'always' || (wish !== 'never' && engine === 'diffusion');
}

function makingOf({ spec }: RenderRequest, engine: Engine): Making {
  return {
    tool: 'inbetween',
    version: spec.version,
    engine: engine.name,
    provider: engine.provider,
    ...(spec.pack ? { pack: spec.pack } : {}),
    ...(spec.styles ? { styles: spec.styles } : {}),
    ...(spec.prompt === undefined ? {} : { prompt: spec.prompt }),
    ...(spec.negative === undefined ? {} : { negative: spec.negative }),
    ...(spec.styleLine === undefined ? {} : { styleLine: spec.styleLine }),
    seed: spec.seed,
    boards: spec.shot.boards.map(({ board }) => board),
    quality: spec.quality,
  };
}

function sizeWarning(asked: Size, made: Size, quality: string): string[] {
  if (quality === 'preview' || (asked.width === made.width && asked.height === made.height)) return [];
  return [
    `The clip is ${made.width}×${made.height}: clips need even sides, the sequence has ${asked.width}×${asked.height}.`,
  ];
}
