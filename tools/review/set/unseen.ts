/** Clips that no threshold was set by: other boards, other moves, drawn by lot from a seed. */
import sharp from 'sharp';
import type { Picture } from '../../../companion-app/media';
import { AMOUNT_UNIT, DEFAULT_AMOUNT, MOVE_KINDS, type CameraMove, type Size } from '../../../shared/shot';
import { drawn } from '../../relief/set/boards';
import { chance, type Chance } from '../../relief/set/random';
import { SCENES } from '../../relief/set/scenes';
import { HEIGHT, WIDTH } from '../../relief/set/shape';
import { STYLES } from '../../relief/set/style';
import { FRAMES, moveOf, type Board, type Boards } from './bases';

/** Moves each board is taken under. */
const MOVES_EACH = 8;
/** Wider and narrower than the frame, and as wide. */
const SHAPES: readonly [Size, ...Size[]] = [
  { width: WIDTH, height: HEIGHT },
  { width: WIDTH, height: 400 },
  { width: 720, height: HEIGHT },
];
const EASES = ['linear', 'ease-in', 'ease-out', 'ease-in-out'] as const;

/** One board in each style of drawing, another scene each, and a pair of one scene drawn twice. */
export async function unseen(seed: number): Promise<Boards> {
  const lot = chance(seed);
  const single: Board[] = [];
  for (const [i, style] of STYLES.entries()) {
    const scene = SCENES[(i + seed) % SCENES.length];
    if (!scene) continue;
    const { world, rgb } = await drawn(scene, style, 7919 * seed + i);
    const picture = await cropped({ width: WIDTH, height: HEIGHT, rgb }, lot.pick(SHAPES));
    const moves = Array.from({ length: MOVES_EACH }, () => someMoves(lot));
    single.push({ name: `${world.kind}, ${style}`, picture, moves });
  }
  const scene = SCENES[seed % SCENES.length] ?? SCENES[0];
  if (!scene) throw new RangeError('There is no scene to draw.');
  const twice = await Promise.all([1, 2].map((n) => drawn(scene, 'clean ink', 104_729 * seed + n)));
  const [a, b] = twice.map(({ world, rgb }, i): Board => {
    return { name: `${world.kind} ${i + 1}`, picture: { width: WIDTH, height: HEIGHT, rgb } };
  });
  if (!a || !b) throw new RangeError('A pair is two.');
  return { single, pair: [a, b] };
}

async function cropped(picture: Picture, { width, height }: Size): Promise<Picture> {
  const region = { left: (picture.width - width) >> 1, top: (picture.height - height) >> 1, width, height };
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const rgb = await sharp(picture.rgb, { raw }).extract(region).raw().toBuffer();
  return { width, height, rgb: new Uint8Array(rgb) };
}

/** One move over most of the shot; now and then a hold before it. */
function someMoves(lot: Chance): CameraMove[] {
  const kind = lot.pick(MOVE_KINDS);
  const amounts = DEFAULT_AMOUNT[AMOUNT_UNIT[kind]];
  const amount = lot.between(amounts[0], amounts[2]);
  const ease = kind.startsWith('whip') ? 'snap' : lot.pick(EASES);
  const held = lot.next() < 0.25 ? Math.floor(lot.between(4, 12)) : 0;
  const move = moveOf(kind, { amount, ease, from: held, to: FRAMES });
  return held > 0 ? [moveOf('static', { to: held }), move] : [move];
}
