/** What a clip on a video track is to this product. */
import { isStill } from './paths';
import { orElse } from './host-values';
import { parseBoardName } from '../../shared/shot/board-name';
import type { ClipReading } from './tracks';

export type ClipKind = 'board' | 'nested' | 'offline' | 'video' | 'synthetic' | 'hidden';

/**
 * A board is a still that is online and enabled, or a clip that exists in Premiere only (a drawing made there) and
 * bears a shot's code. Adjustment layers, mattes and titles without a code are `synthetic`.
 */
export async function classify(clip: ClipReading): Promise<ClipKind> {
  if (clip.disabled) return 'hidden';
  const { clip: media } = clip;
  const offline = media ? await orElse(() => media.isOffline(), false) : false;
  if (offline) return 'offline';
  if (clip.mediaPath !== '') return isStill(clip.mediaPath) ? 'board' : 'video';
  if (media && (await orElse(() => media.isSequence(), false))) return 'nested';
  if (await orElse(() => clip.item.isAdjustmentLayer(), false)) return 'synthetic';
  return parseBoardName(clip.name).code === 'token' ? 'board' : 'synthetic';
}
