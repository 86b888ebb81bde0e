/** The warp on the CPU: WebAssembly kernels on threads that share the scene's memory. */
import { availableParallelism } from 'node:os';
import type { Warper } from '../warper';
import { Arena } from './arena';
import { warpModule } from './kernel';
import { Pool } from './pool';
import { wasmStage } from './stage';

/** Start of the memory: the counter of rows, alone on its cache line. */
const COUNTER = 64;
const RESERVED = 128;
/** More threads than this wait for memory rather than compute. */
const MOST_THREADS = 16;

/** @param threads one a core when absent; the frames do not depend on it */
export function wasmWarper(threads: number = availableParallelism()): Warper {
  const arena = new Arena(RESERVED);
  const pool = new Pool({
    module: warpModule(),
    memory: arena.memory,
    counter: COUNTER,
    threads: Math.min(MOST_THREADS, Math.max(1, Math.floor(threads))),
  });
  return {
    provider: 'cpu',
    setUp: (scene, options) => Promise.resolve(wasmStage(arena, pool, scene, options)),
    close: () => pool.close(),
  };
}
