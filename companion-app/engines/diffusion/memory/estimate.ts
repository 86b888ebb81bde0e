/**
 * How much memory a window will take, before it is begun: weights as they lie on disk, and the largest layer's values at the
 * window's size. An estimate: runtimes share and copy buffers as they like.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Size } from '../../../../shared/shot';
import { weightShapes, type GraphFinding, type Pack } from '../../../inference/packs';
import type { Nature } from '../pipelines';
import { toldOf, WAYS, type Way } from './ladder';

/** What is known of one graph of a pack. */
export interface GraphFacts {
  /** Its part's folder: "unet", "vae_decoder". */
  readonly part: string;
  /** Bytes of its weights. */
  readonly bytes: number;
  /** Values of one place in its widest layer: the largest number of outputs of a weight. */
  readonly widest: number;
  /** The same for its last layers, which work on whole pictures: the smallest number of channels above the colours'. */
  readonly narrowest: number;
}

/** Bytes of one value; networks that compute in half precision take half of it. */
const VALUE = 4;
/** Layers whose values are in memory at the same time. */
const ALIVE = 4;
/** Pixels of a latent cell's side, in the families there are 8 to 32: the most demanding is taken. */
const CELL = 8;
/** With and without the prompt, together. */
const GUIDED = 2;
const COLOURS = 3;

/** @param shapes dimensions of the graph's weights */
export function graphFacts(part: string, bytes: number, shapes: readonly (readonly number[])[]): GraphFacts {
  // Kernels are [out, in, …]; matrices [in, out]: tables of words are as long as the vocabulary and tell nothing of width.
  const widths = shapes.filter((dims) => dims.length >= 2).map((dims) => Math.min(dims[0] ?? 1, dims[1] ?? 1));
  const channels = shapes.filter((dims) => dims.length >= 4).map((dims) => dims[0] ?? 1);
  return {
    part,
    bytes,
    widest: Math.max(1, ...widths),
    narrowest: channels.filter((count) => count > COLOURS).reduce((least, count) => Math.min(least, count), Infinity),
  };
}

/** What is known of the graphs of a pack, by what `verifyGraphs` found. */
export async function packFacts(pack: Pack, findings: readonly GraphFinding[]): Promise<GraphFacts[]> {
  const facts: GraphFacts[] = [];
  for (const { graph, bytes } of findings) {
    const shapes = weightShapes(await readFile(path.join(pack.folder, graph)));
    facts.push(graphFacts(path.dirname(graph), bytes, shapes));
  }
  return facts;
}

/** A window: frames of this size. */
export interface WindowSize extends Size {
  readonly frames: number;
}

/** Bytes a window takes when made this way. */
export function memoryNeeded(graphs: readonly GraphFacts[], window: WindowSize, way: Way): number {
  const pixels = window.width * way.scale * window.height * way.scale;
  const frames = Math.ceil(window.frames / way.pieces);
  const working = graphs.map((graph) => {
    if (!graph.part.startsWith('vae')) return (GUIDED * frames * pixels * graph.widest * VALUE * ALIVE) / CELL ** 2;
    const channels = Number.isFinite(graph.narrowest) ? graph.narrowest : COLOURS;
    return (way.chunked ? 1 : frames) * pixels * channels * VALUE * ALIVE;
  });
  const weights = graphs.map(({ bytes }) => bytes);
  const all = weights.reduce((sum, bytes) => sum + bytes, 0);
  return Math.max(...working.map((bytes, i) => bytes + (way.staged ? (weights[i] ?? 0) : all)));
}

/** The first way, from the best down, that fits into `free` bytes; the last where none does. */
export function wayThatFits(graphs: readonly GraphFacts[], window: WindowSize, free: number): number {
  const way = WAYS.findIndex((each) => memoryNeeded(graphs, window, each) <= free);
  return way < 0 ? WAYS.length - 1 : way;
}

/**
 * The way to begin a shot with. Where that is not the best, `warn` is told why.
 * @param free bytes that can be had; undefined where nobody can say, as on a graphics card: it is then found out by trying
 */
export function firstWay(
  graphs: readonly GraphFacts[],
  window: WindowSize,
  free: number | undefined,
  warn: (sentence: string) => void,
  nature: Pick<Nature, 'tile'> = {},
): number {
  if (free === undefined) return 0;
  const way = wayThatFits(graphs, window, free);
  const [best] = WAYS;
  if (way > 0 && best) {
    const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
    const needed = gigabytes(memoryNeeded(graphs, window, best));
    warn(
      `This model needs about ${needed} GB for a shot of this size and ${gigabytes(free)} GB are free: ${toldOf(way, nature)}.`,
    );
  }
  return way;
}
