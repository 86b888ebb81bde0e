/** The LoRA files of a job: in the folder `styles` beside the packs, by name, and the very ones that the job was made with. */
import { basename, join } from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import { fileHash, partsOfStyle, type Style } from '../../inference/lora';
import { packInvalid, type Pack } from '../../inference/packs';

/** A style as a job names it. */
export interface NamedStyle {
  /** File name, "pencil.safetensors". */
  readonly name: string;
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
  /** 1 as it was made, 0 not at all. */
  readonly weight: number;
}

/** Folder of style files in the folder of packs. */
export const STYLES = 'styles';

/**
 * Where the styles lie.
 * @throws InbetweenError `pack-invalid` for one that is not there, is another file than the job was made with, or changes a
 *   network that the pack does not have
 */
export async function findStyles(
  pack: Pack,
  packsDir: string | undefined,
  styles: readonly NamedStyle[],
): Promise<Style[]> {
  const found: Style[] = [];
  for (const { name, sha256, weight } of styles) {
    if (packsDir === undefined || name !== basename(name) || /[\\\0]/.test(name) || !name.endsWith('.safetensors')) {
      throw packInvalid(`"${name}" is no name of a style.`);
    }
    const path = join(packsDir, STYLES, name);
    const hash = await fileHash(path).catch((cause: unknown) => {
      throw styleMissing(`The style ${name} is not installed.`, cause);
    });
    if (hash !== sha256) throw styleMissing(`The style ${name} is another file than the one the shot was sent with.`);
    for (const part of await partsOfStyle(path)) {
      if (part === 'denoiser' || (await pack.graph(part)) !== undefined) continue;
      throw packInvalid(`The style ${name} changes a ${part}, which this pack does not have.`);
    }
    found.push({ path, weight });
  }
  return found;
}

function styleMissing(message: string, cause?: unknown): InbetweenError {
  return new InbetweenError(
    {
      code: 'pack-invalid',
      message,
      safe: 'Nothing was rendered; the boards, the timeline and the packs are untouched.',
      action: `Put the file into the folder "${STYLES}" beside the packs, or send the shot again without the style.`,
    },
    { cause },
  );
}
