/** A file of the artist's own wishes for each shot: moves, drawn camera frames, parts that move by themselves, looks. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InbetweenError } from '../../../shared/problem';
import { LIMITS, zBurnIns, zFramingKey, zMotionRegion, zSha256 } from '../../../shared/protocol';
import { EASES, MOVE_KINDS, type MotionRegion } from '../../../shared/shot';
import { sha256OfFile } from '../../queue/files';

const zOwnMove = z.strictObject({
  kind: z.enum(MOVE_KINDS),
  from: z.number().int().min(0).max(LIMITS.framesPerShot).exactOptional(),
  to: z.number().int().min(1).max(LIMITS.framesPerShot).exactOptional(),
  amount: z.number().min(-1000).max(1000).exactOptional(),
  ease: z.enum(EASES).exactOptional(),
});

/** Regions as the shot has them, but a mask is the path of a picture, from the file's own folder. */
const zOwnRegion = z.looseObject({ mask: z.string().min(1).max(4096).exactOptional() });

const zOwnShot = z.strictObject({
  /** Words of the notes grammar, or a list; an empty one keeps the camera still. */
  moves: z.union([z.string().max(LIMITS.notesLength), z.array(zOwnMove).max(LIMITS.movesPerShot)]).exactOptional(),
  framing: z.array(zFramingKey).max(256).exactOptional(),
  regions: z.array(zOwnRegion).max(LIMITS.regionsPerShot).exactOptional(),
  burnIns: zBurnIns.exactOptional(),
  onTwos: z.boolean().exactOptional(),
});

const zShotFile = z.strictObject({ shots: z.record(z.string().max(LIMITS.nameLength), zOwnShot) });

export type OwnMove = z.output<typeof zOwnMove>;

/** What a person wants of one shot, beside its boards and note. */
export interface OwnShot extends Omit<z.output<typeof zOwnShot>, 'regions'> {
  readonly regions?: readonly MotionRegion[];
}

export interface ShotFile {
  /** By the shot's name; `*` stands for every shot that has no entry of its own. */
  readonly shots: ReadonlyMap<string, OwnShot>;
  /** Pictures of masks by their hash. */
  readonly masks: ReadonlyMap<string, string>;
}

export const EVERY_SHOT = '*';

/** Reads and checks the file, and hashes the masks it names. Throws InbetweenError `shot-invalid` or `board-missing`. */
export async function readShotFile(file: string): Promise<ShotFile> {
  const parsed = zShotFile.safeParse(await json(file));
  if (!parsed.success) throw invalid(file, z.prettifyError(parsed.error));
  const masks = new Map<string, string>();
  const shots = new Map<string, OwnShot>();
  for (const [name, { regions, ...own }] of Object.entries(parsed.data.shots)) {
    if (!regions) {
      shots.set(name, own);
      continue;
    }
    const hashed = await Promise.all(regions.map((region) => withHash(region, path.dirname(file), masks)));
    const checked = z.array(zMotionRegion).safeParse(hashed);
    if (!checked.success) throw invalid(file, `regions of ${name}: ${z.prettifyError(checked.error)}`);
    shots.set(name, { ...own, regions: checked.data });
  }
  return { shots, masks };
}

async function json(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw invalid(file, cause instanceof SyntaxError ? cause.message : 'it cannot be read', cause);
  }
}

async function withHash(
  region: z.output<typeof zOwnRegion>,
  folder: string,
  masks: Map<string, string>,
): Promise<object> {
  if (region.mask === undefined) return region;
  const file = path.resolve(folder, region.mask);
  const sha256 = zSha256.parse(
    await sha256OfFile(file).catch((cause: unknown) => {
      throw new InbetweenError(
        {
          code: 'board-missing',
          message: `The mask ${region.mask ?? ''} cannot be read.`,
          safe: 'Nothing was started.',
          action: 'Put the picture beside the shot file, or correct its path.',
        },
        { cause },
      );
    }),
  );
  masks.set(sha256, file);
  return { ...region, mask: sha256 };
}

function invalid(file: string, why: string, cause?: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'shot-invalid',
      message: `${path.basename(file)} is no shot file: ${why.replaceAll('\n', ' ')}.`,
      safe: 'Nothing was started.',
      action: 'Write it as docs/notes.md shows: {"shots": {"SH010": {"moves": "push in 20 %"}}}.',
    },
    { cause },
  );
}
