/** The labelled boards: every scene in every style, half of them held out. */
import sharp from 'sharp';
import { chance, type Chance } from './random';
import { SCENES } from './scenes';
import { HEIGHT, WIDTH, type World } from './shape';
import { look, STYLES, type Style } from './style';
import { pairsOf, truthOf, type Pair } from './truth';

export interface LabelledBoard {
  readonly name: string;
  readonly scene: string;
  readonly style: Style;
  /** Not to be looked at while the method is worked on. */
  readonly heldOut: boolean;
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly pairs: readonly Pair[];
}

const PAIRS = 60;
/** Changed whenever a held-out board has been looked at while rules were written: then the half is drawn anew. */
const HELD_OUT_SEED = 500_009;

/** One scene in one style, WIDTH × HEIGHT pixels: the same seed draws the same. */
export async function drawn(
  scene: (c: Chance) => World,
  style: Style,
  seed: number,
): Promise<{ readonly world: World; readonly rgb: Uint8Array }> {
  const c = chance(seed);
  const world = scene(c);
  const { svg, grain, blur } = look(world, style, c);
  const plain = sharp(Buffer.from(svg)).removeAlpha();
  const rgb = new Uint8Array(await (blur > 0 ? plain.blur(blur) : plain).raw().toBuffer());
  if (grain > 0) {
    for (let i = 0; i < rgb.length; i += 3) {
      const n = grain * (c.next() + c.next() + c.next() + c.next() - 2) * 1.73;
      for (let k = 0; k < 3; k++) rgb[i + k] = Math.max(0, Math.min(255, Math.round((rgb[i + k] ?? 0) + n)));
    }
  }
  return { world, rgb };
}

/** Draws all boards, one after another, in a fixed order. */
export async function* labelledBoards(): AsyncGenerator<LabelledBoard> {
  for (const [si, style] of STYLES.entries()) {
    for (const [di, draw] of SCENES.entries()) {
      const heldOut = (si + di) % 2 === 1;
      const seed = 1000 * (si + 1) + 17 * di + (heldOut ? HELD_OUT_SEED : 0);
      const { world, rgb } = await drawn(draw, style, seed);
      yield {
        name: `${style.replaceAll(' ', '-')}-${String(di).padStart(2, '0')}`,
        scene: world.kind,
        style,
        heldOut,
        width: WIDTH,
        height: HEIGHT,
        rgb,
        pairs: pairsOf(await truthOf(world), seed, PAIRS),
      };
    }
  }
}
