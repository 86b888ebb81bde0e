/** An engine of a few lines that keeps the contract, or breaks it as the shot's notes ask. */
import type { BoardPicture, Engine, Frame } from '../../companion-app/engines/engine';
import { layIn } from '../../companion-app/media';
import type { EngineFactory } from '../../companion-app/render/engines';
import type { Size } from '../../shared/shot';

/** What the notes may ask for; without any of these the board goes by, two pixels a frame. */
const FAULTS: Readonly<Record<string, () => void>> = {
  throw: () => {
    throw new Error('the engine broke');
  },
  'no-memory': () => {
    throw new RangeError('Array buffer allocation failed');
  },
  uncaught: () => {
    setImmediate(() => {
      throw new Error('nobody caught this');
    });
  },
};

export const testEngine: EngineFactory = ({ provider }) => {
  const engine: Engine = {
    name: 'inbetween',
    provider: provider === 'auto' ? 'cpu' : provider,
    estimate: (shot) => ({ units: shot.frames }),
    async *animate(shot, boards, { size, signal, warn }): AsyncGenerator<Frame> {
      const asked = shot.notes;
      FAULTS[asked]?.();
      if (asked === 'warn') for (let i = 0; i < 3; i += 1) warn('move scaled down to 80 %');
      const still = await picture(asked, boards[0], size, shot.fit);
      const made = shot.frames + (asked === 'few' ? -1 : asked === 'many' ? 1 : 0);
      const rgb = new Uint8Array(still.length);
      for (let index = 0; index < made; index += 1) {
        if (asked === 'slow' || asked === 'uncaught') await new Promise((resolve) => setTimeout(resolve, 20));
        signal.throwIfAborted();
        if (asked === 'throw-late' && index === 3) throw new Error('the engine broke at frame 3');
        const shift = asked === 'still' || asked === 'black' ? 0 : ((index * 2) % size.width) * 3;
        rgb.set(still.subarray(shift));
        rgb.set(still.subarray(0, shift), still.length - shift);
        yield { index, width: size.width + (asked === 'wrong-size' ? 2 : 0), height: size.height, rgb };
      }
    },
    close: () => Promise.resolve(),
  };
  return Promise.resolve(engine);
};

async function picture(
  asked: string,
  board: BoardPicture | undefined,
  size: Size,
  fit: 'fill' | 'letterbox',
): Promise<Uint8Array> {
  if (!board) throw new Error('no board');
  if (asked !== 'still' && asked !== 'black') return (await layIn(board, size, fit)).rgb;
  return new Uint8Array(size.width * size.height * 3).fill(asked === 'black' ? 0 : 128);
}
