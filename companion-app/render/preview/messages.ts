/** What the daemon and its preview process say to each other, parsed on both sides. Structured clones, not JSON: pictures are bytes. */
import { z } from 'zod';
import { LIMITS, zPoint, zProblem, zSha256, zShot } from '../../../shared/protocol';

const zBoardFile = z.object({ sha256: zSha256, path: z.string().min(1) });

/** A shot as it stands in the editor, and where its boards lie on this machine. */
const zDrawn = { shot: zShot, boards: z.array(zBoardFile), seed: z.number().int().min(0) };
const zWidth = z.number().int().min(64).max(1920);
const zFrame = z.number().int().min(0).max(LIMITS.framesPerShot);

const zShotAsk = z.discriminatedUnion('kind', [
  /** One frame of the shot, `width` wide, as JPEG. */
  z.object({ kind: z.literal('frame'), ...zDrawn, frame: zFrame, width: zWidth }),
  /** Where the camera is at these frames. */
  z.object({ kind: z.literal('framing'), ...zDrawn, frames: z.array(zFrame).max(64) }),
  /** Near and far of the board that holds at `frame`, corrections put on: grey, near is white, as JPEG. */
  z.object({ kind: z.literal('relief'), ...zDrawn, frame: zFrame, width: zWidth }),
  /** The board that holds at `frame`, as drawn, as JPEG. */
  z.object({ kind: z.literal('board'), ...zDrawn, frame: zFrame, width: zWidth }),
]);
export type ShotAsk = z.output<typeof zShotAsk>;

/** A board of this machine as a JPEG of at most `side` pixels a side: layered files are decoded here, not where everybody else would wait. */
const zSmallAsk = z.object({
  kind: z.literal('small'),
  path: z.string().min(1),
  side: z.number().int().min(16).max(1920),
});

export const zAsk = z.union([zShotAsk, zSmallAsk]);
export type Ask = z.output<typeof zAsk>;

export const zToPreview = z.object({ ref: z.number().int(), packsDir: z.string().exactOptional(), ask: zAsk });
export type ToPreview = z.output<typeof zToPreview>;

export const zQuad = z.tuple([zPoint, zPoint, zPoint, zPoint]);

const zBytes = z.custom<Uint8Array>((value) => ArrayBuffer.isView(value), 'not bytes');

export const zFromPreview = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('picture'), ref: z.number().int(), jpeg: zBytes }),
  z.object({ type: z.literal('framing'), ref: z.number().int(), quads: z.array(zQuad) }),
  z.object({ type: z.literal('failed'), ref: z.number().int(), problem: zProblem }),
]);
export type FromPreview = z.output<typeof zFromPreview>;
/** What an ask is answered with. */
export type Answer = Exclude<FromPreview, { type: 'ready' }>;
