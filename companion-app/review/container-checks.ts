/** Is the file what was ordered? */
import { CODECS, type ClipFacts, type Codec } from '../media';
import { formatRate, sameRate, type FrameRate, type Size } from '../../shared/shot';
import { fact, type Check } from './check';

/** What the take was to be. */
export interface Ordered {
  readonly frames: number;
  readonly size: Size;
  readonly rate: FrameRate;
  readonly codec: Codec;
}

export function containerChecks(clip: ClipFacts, ordered: Ordered): Check[] {
  const { probed, title } = CODECS[ordered.codec];
  const isCodec = clip.codec === probed.codec && (probed.profile === null || clip.profile === probed.profile);
  const isSize = clip.size.width === ordered.size.width && clip.size.height === ordered.size.height;
  const { color } = clip;
  const is709 = [color.primaries, color.transfer, color.matrix].every((tag) => tag === 'bt709');
  const named = (size: Size): string => `${size.width}×${size.height}`;
  return [
    fact('frames', clip.frames === ordered.frames, `${clip.frames} of ${ordered.frames} frames`),
    fact('size', isSize, isSize ? named(clip.size) : `${named(clip.size)} instead of ${named(ordered.size)}`),
    fact(
      'rate',
      sameRate(clip.rate, ordered.rate),
      `${formatRate(clip.rate)} for ${formatRate(ordered.rate)} frames a second`,
    ),
    fact('codec', isCodec, isCodec ? title : `${clip.codec} ${clip.profile} instead of ${title}`),
    fact(
      'colour tags',
      is709,
      is709 ? 'BT.709' : `${color.primaries}, ${color.transfer}, ${color.matrix} instead of BT.709`,
    ),
  ];
}
