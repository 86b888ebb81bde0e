/** Schemas of the shot types: whatever crosses a process or a file is parsed with these. */
import { z } from 'zod';
import { EASES, MOVE_KINDS, type CameraMove } from '../shot/camera-move';
import type { Handles } from '../shot/handles';
import type { BoardUse, BurnIns, FramingKey, MotionRegion, Point, ReliefStroke, Shot, Size } from '../shot/shot';
import type { FrameRate } from '../shot/time/rate';
import { LIMITS } from './limits';

const finite = z.number();
const frame = z.number().int().min(-LIMITS.framesPerShot).max(LIMITS.framesPerShot);

export const zSha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 is 64 lower-case hex digits');

export const zRate: z.ZodType<FrameRate> = z
  .object({ num: z.number().int().positive().max(1_000_000_000), den: z.number().int().positive().max(1_000_000_000) })
  .refine((r) => r.num >= r.den && r.num <= r.den * 1000, 'a rate lies between 1 and 1000 frames a second');

export const zSize: z.ZodType<Size> = z.object({
  width: z.number().int().min(2).max(LIMITS.boardSide),
  height: z.number().int().min(2).max(LIMITS.boardSide),
});

export const zPoint: z.ZodType<Point> = z.object({ x: finite.min(-10).max(10), y: finite.min(-10).max(10) });

export const zBoardUse: z.ZodType<BoardUse> = z.object({
  board: zSha256,
  at: z.number().int().min(0).max(LIMITS.framesPerShot),
  name: z.string().max(LIMITS.nameLength),
});

export const zCameraMove: z.ZodType<CameraMove> = z.object({
  kind: z.enum(MOVE_KINDS),
  from: frame,
  to: frame,
  amount: finite.min(-1000).max(1000),
  ease: z.enum(EASES),
  confidence: finite.min(0).max(1),
  text: z.string().max(LIMITS.notesLength),
  subject: z.string().max(LIMITS.nameLength).exactOptional(),
});

export const zMotionRegion: z.ZodType<MotionRegion> = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(LIMITS.nameLength),
  outline: z.array(zPoint).max(2000),
  mask: zSha256.exactOptional(),
  path: z.array(zPoint).min(2).max(256),
  from: frame,
  to: frame,
  ease: z.enum(EASES),
});

export const zFramingKey: z.ZodType<FramingKey> = z.object({
  frame,
  center: zPoint,
  scale: finite.min(0.02).max(4),
  roll: finite.min(-720).max(720),
  ease: z.enum(EASES),
});

export const zReliefStroke: z.ZodType<ReliefStroke> = z.object({
  board: zSha256,
  points: z.array(zPoint).min(1).max(512),
  radius: finite.min(0.001).max(1),
  amount: finite.min(-1).max(1),
});

export const zBurnIns: z.ZodType<BurnIns> = z.object({
  shotName: z.boolean(),
  timecode: z.boolean(),
  frameCounter: z.boolean(),
  notes: z.boolean(),
  dialogue: z.boolean(),
  slate: z.boolean(),
});

export const zHandles: z.ZodType<Handles> = z.object({
  before: z.number().int().min(0).max(LIMITS.handleFrames),
  after: z.number().int().min(0).max(LIMITS.handleFrames),
});

export const zShot: z.ZodType<Shot> = z.object({
  id: z.string().min(1).max(LIMITS.nameLength),
  name: z.string().max(LIMITS.nameLength),
  rate: zRate,
  dropFrame: z.boolean(),
  startFrame: z.number().int(),
  timecodeZero: z.number().int().exactOptional(),
  frames: z.number().int().min(0),
  size: zSize,
  fit: z.enum(['fill', 'letterbox']),
  boards: z.array(zBoardUse).min(1).max(LIMITS.boardsPerShot),
  notes: z.string().max(LIMITS.notesLength),
  action: z.string().max(LIMITS.notesLength).exactOptional(),
  dialogue: z.string().max(LIMITS.notesLength).exactOptional(),
  moves: z.array(zCameraMove).max(LIMITS.movesPerShot).exactOptional(),
  framing: z.array(zFramingKey).max(256).exactOptional(),
  regions: z.array(zMotionRegion).max(LIMITS.regionsPerShot).exactOptional(),
  reliefEdits: z.array(zReliefStroke).max(LIMITS.reliefStrokesPerShot).exactOptional(),
  burnIns: zBurnIns.exactOptional(),
  onTwos: z.boolean().exactOptional(),
});
