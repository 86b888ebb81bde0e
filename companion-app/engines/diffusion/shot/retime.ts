/** Pictures between two of a model's frames, where the clip's frames fall between them. */
import { findRifePack } from '../../inbetween/rife/pack';
import { openRife } from '../../inbetween/rife';
import type { Provider } from '../../../inference';
import { toProblem } from '../../../../shared/problem';
import type { Rgb } from '../picture/resample';

/** Draws the picture at `part` (0 < part < 1) of the way. */
export type Between = (a: Rgb, b: Rgb, part: number) => Promise<Rgb>;

/** Two pictures over each other, `part` of the second. */
export const mixed: Between = (a, b, part) => {
  const rgb = new Uint8Array(a.rgb.length);
  for (let i = 0; i < rgb.length; i++) rgb[i] = Math.round(a.rgb[i]! + part * (b.rgb[i]! - a.rgb[i]!));
  return Promise.resolve({ ...a, rgb });
};

export interface Retimer {
  /** For one shot: `breathe` lets a cancel in, `warn` is told where pictures are mixed although a pack is installed. */
  under(breathe: () => Promise<void>, warn: (sentence: string) => void): Between;
  close(): Promise<void>;
}

/** Moves what moves by an installed RIFE pack; without one pictures are mixed. The pack is opened when it is first needed. */
export function retimer(packsDir: string | undefined, provider: Provider): Retimer {
  type Rife = Awaited<ReturnType<typeof openRife>>;
  let opened: Promise<Rife | undefined> | undefined;
  const open = async (): Promise<Rife | undefined> => {
    const pack = packsDir === undefined ? undefined : await findRifePack(packsDir);
    return pack && openRife(pack, provider);
  };
  return {
    under: (breathe, warn) => async (a, b, part) => {
      let rife: Rife | undefined;
      try {
        rife = await (opened ??= open());
      } catch (error) {
        opened = Promise.resolve(undefined);
        warn(`Frames between the model's own are mixed: ${toProblem(error).message}`);
      }
      if (!rife) return mixed(a, b, part);
      const rgb = new Uint8Array(a.rgb.length);
      await rife.between(a, b, part, rgb, breathe);
      return { ...a, rgb };
    },
    close: async () => {
      const rife = await opened?.catch(() => undefined);
      opened = undefined;
      await rife?.close();
    },
  };
}
