/** Arguments of a run, by the names diffusers gives them. */
import { z } from 'zod';
import { InbetweenError } from '../../../../shared/problem';

export const zSide = z.number().int().min(8).max(8192);
export const zFrames = z.number().int().min(1).max(1024);
export const zSteps = z.number().int().min(1).max(1000);
export const zGuidance = z.number().min(0).max(100);

/** Pictures are coded whole, or in tiles of so many latent cells a side and so many latent frames. */
export const vaeTiles = {
  vae_tile: z.number().int().min(4).max(1024).nullish(),
  vae_tile_frames: z.number().int().min(4).max(1024).nullish(),
};

/** Arguments of every family that reads text. */
export const textArguments = {
  prompt: z.string().nullable().default(''),
  negative_prompt: z.string().nullable().default(null),
};

/** @throws InbetweenError `shot-invalid` naming the argument that is unknown or out of range */
export function readCall<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  call: Readonly<Record<string, unknown>>,
): z.output<z.ZodObject<Shape>> {
  const stranger = Object.keys(call).find((key) => !(key in schema.shape));
  const read = schema.safeParse(call);
  if (read.success && stranger === undefined) return read.data;
  const name = stranger ?? read.error?.issues[0]?.path.join('.') ?? '';
  throw new InbetweenError({
    code: 'shot-invalid',
    message: `The model cannot be run with ${name} = ${JSON.stringify(call[name])}.`,
    safe: 'Nothing was rendered.',
    action: 'Change the setting, or leave it to the model.',
  });
}
