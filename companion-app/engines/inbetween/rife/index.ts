/** In-betweens by a RIFE model (Huang et al., "Real-Time Intermediate Flow Estimation for Video Frame Interpolation"). */
import { openSession, type Provider, type Session } from '../../../inference';
import { InbetweenError } from '../../../../shared/problem';
import type { Inbetweener } from '../between';
import { RELATED } from '../embedded';
import { matchBoards, type Picture } from '../morph';
import { feedOf } from './feed';
import type { RifePack } from './pack';
import { tilingOf, weightAt } from './tiles';

export interface Rife {
  /** Draws the picture at `part` (0 < part < 1) of the way from one picture to another of its size. */
  between(
    first: Picture,
    second: Picture,
    part: number,
    target: Uint8Array,
    breathe: () => Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
}

/** @throws InbetweenError `engine-unavailable` where the model cannot be opened */
export async function openRife(pack: RifePack, provider: Provider): Promise<Rife> {
  const session = await openSession(pack.model, { provider });
  return {
    between: (first, second, part, target, breathe) => interpolate(session, pack, first, second, part, target, breathe),
    close: () => session.close(),
  };
}

export async function rifeInbetweener(pack: RifePack, provider: Provider): Promise<Inbetweener> {
  const rife = await openRife(pack, provider);
  return {
    provider,
    prepare: async (first, second, breathe) => {
      const { kinship } = await matchBoards(first, second, breathe);
      if (kinship < RELATED) return { kinship };
      return {
        draw: (part, target) => rife.between(first, second, part, target, breathe),
      };
    },
    close: () => rife.close(),
  };
}

async function interpolate(
  session: Session,
  pack: RifePack,
  first: Picture,
  second: Picture,
  part: number,
  target: Uint8Array,
  breathe: () => Promise<void>,
): Promise<void> {
  const { width, height } = first;
  const fixed = pack.width && pack.height ? { width: pack.width, height: pack.height } : undefined;
  const tiling = tilingOf(width, height, fixed);
  const sum = new Float32Array(3 * width * height);
  const weights = new Float32Array(width * height);
  const [input] = session.inputs;
  const [output] = session.outputs;
  if (input === undefined || output === undefined) throw wrongShape(pack);
  for (const tile of tiling.tiles) {
    await breathe();
    const data = feedOf(first, second, part, tile, tiling, pack.channels);
    const results = await session.run({ [input]: { data, dims: [1, pack.channels, tiling.height, tiling.width] } });
    const result = results[output];
    const plane = tiling.width * tiling.height;
    if (!result || result.data.length !== 3 * plane) throw wrongShape(pack);
    for (let y = 0; y < tiling.height && tile.y + y < height; y++) {
      for (let x = 0; x < tiling.width && tile.x + x < width; x++) {
        const weight = weightAt(tiling, tile, x, y, width, height);
        const to = (tile.y + y) * width + tile.x + x;
        weights[to]! += weight;
        for (let c = 0; c < 3; c++) sum[3 * to + c]! += weight * result.data[c * plane + y * tiling.width + x]!;
      }
    }
  }
  for (let i = 0; i < sum.length; i++) {
    const value = (255 * sum[i]!) / weights[Math.floor(i / 3)]! + 0.5;
    target[i] = value > 0 ? Math.min(255, value) : 0;
  }
}

function wrongShape({ name }: RifePack): InbetweenError {
  return new InbetweenError({
    code: 'pack-invalid',
    message: `The model of the pack ${name} did not answer with a picture of the size it was given.`,
    safe: 'The boards and the timeline are untouched.',
    action: 'Remove the pack, or install a RIFE export with 7, 8 or 11 input channels.',
  });
}
