/** The engines of this process: each is started when first asked for and kept warm for the next job. */
import { InbetweenError } from '../../shared/problem';
import type { JobSpec } from '../../shared/protocol';
import type { Engine } from '../engines/engine';
import type { Timers } from './progress';

/** How the start of an engine meets the job that starts it. */
export interface Opening {
  readonly signal: AbortSignal;
  readonly progress: (done: number, of: number, stage: string) => void;
  /** Told before the thread is blocked for long. */
  readonly quiet?: ((ms: number) => void) | undefined;
}

export interface EngineWish {
  /** Execution provider, or "auto". */
  readonly provider: string;
  readonly packsDir?: string | undefined;
  /** Name of the pack the job asks for, within packsDir. */
  readonly pack?: string | undefined;
  /** Styles the job asks for. */
  readonly styles?: JobSpec['styles'] | undefined;
  /** Of the job that starts it: watches the start, which takes minutes for large packs, and can end it. */
  readonly opening?: Opening | undefined;
}

export type EngineFactory = (wish: EngineWish) => Promise<Engine>;
export type EngineFactories = Readonly<Partial<Record<Engine['name'], EngineFactory>>>;

export interface EngineShelf {
  /** Names of the engines that can be asked for. */
  readonly names: readonly string[];
  /**
   * The engine of that name; for `auto` the one that suits a shot of so many boards.
   * Throws 'engine-unavailable' for an engine that this version or machine lacks, or what its start throws.
   */
  get(name: JobSpec['engine'], wish: EngineWish, boards: number): Promise<Engine>;
  /** No job is at work: engines that nobody asks for in a while are let go, their memory is wanted elsewhere. */
  rest(): void;
  close(): Promise<void>;
}

/** When engines are let go that nobody asks for. */
export interface Idle {
  readonly ms: number;
  readonly timers: Timers;
}

/** `auto` is an engine that needs no model: drawings move between several boards, the camera moves over one. */
function automatic(boards: number, factories: EngineFactories): Engine['name'] {
  return boards > 1 && factories.inbetween ? 'inbetween' : 'parallax';
}

/** @param idle engines stay until the shelf is closed where it is absent */
export function engineShelf(factories: EngineFactories, idle?: Idle): EngineShelf {
  const warm = new Map<Engine['name'], { wish: string; engine: Promise<Engine> }>();
  const drop = async (name: Engine['name']): Promise<void> => {
    const old = warm.get(name);
    warm.delete(name);
    await old?.engine.then((engine) => engine.close()).catch(() => undefined);
  };
  const dropAll = async (): Promise<void> => {
    await Promise.all([...warm.keys()].map(drop));
  };
  let alarm: { cancel(): void } | undefined;
  const stay = (): void => {
    alarm?.cancel();
    alarm = undefined;
  };
  return {
    names: Object.keys(factories),
    async get(asked, wish, boards) {
      stay();
      const name = asked === 'auto' ? automatic(boards, factories) : asked;
      const start = factories[name];
      if (!start) throw unavailable(name);
      const key = JSON.stringify([wish.provider, wish.packsDir, wish.pack, wish.styles]);
      const known = warm.get(name);
      if (known?.wish === key) return known.engine;
      await drop(name);
      const engine = start(wish);
      warm.set(name, { wish: key, engine });
      try {
        return await engine;
      } catch (error) {
        warm.delete(name);
        throw error;
      }
    },
    rest() {
      stay();
      alarm = idle?.timers.after(idle.ms, () => void dropAll());
    },
    async close() {
      stay();
      await dropAll();
    },
  };
}

function unavailable(name: string): InbetweenError {
  return new InbetweenError({
    code: 'engine-unavailable',
    message: `The ${name} engine is not available on this machine.`,
    safe: 'The board and the other shots are untouched.',
    action: 'Choose the parallax engine, or "auto", for this shot.',
  });
}
