/** Words and styles for an image-to-video model, as the command line names them. */
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import type { JobSpec } from '../../../shared/protocol';
import { STYLES } from '../../engines/diffusion/find-styles';
import { fileHash } from '../../inference/lora';

export type ModelWish = Partial<Pick<JobSpec, 'styles' | 'prompt' | 'negative' | 'styleLine'>>;

export interface ModelOptions {
  /** "pencil.safetensors" or "pencil.safetensors:0.8". */
  readonly style?: readonly string[];
  readonly prompt?: string;
  readonly negative?: string;
  readonly styleLine?: string;
}

/**
 * What goes into a job's spec. Styles that lie elsewhere are copied into the folder of styles beside the pack, where jobs find them.
 * @param pack folder of the pack, which styles need
 * @throws InbetweenError `pack-invalid` for a style that cannot be read, has no weight, or whose name another file has there
 */
export async function modelWish(options: ModelOptions, pack: string | undefined): Promise<ModelWish> {
  const { prompt, negative, styleLine, style = [] } = options;
  const styles: NonNullable<JobSpec['styles']> = [];
  for (const text of style) {
    if (pack === undefined)
      throw refused('A style is merged into a model pack, and none was named.', 'Name one with --pack.');
    styles.push(await installed(text, path.join(path.dirname(path.resolve(pack)), STYLES)));
  }
  return {
    ...(styles.length > 0 ? { styles } : {}),
    ...(prompt === undefined ? {} : { prompt }),
    ...(negative === undefined ? {} : { negative }),
    ...(styleLine === undefined ? {} : { styleLine }),
  };
}

async function installed(text: string, folder: string): Promise<NonNullable<JobSpec['styles']>[number]> {
  const parts = /^(.+?\.safetensors)(?::(-?\d+(?:\.\d+)?))?$/i.exec(text);
  const file = parts?.[1];
  const weight = Number(parts?.[2] ?? 1);
  if (file === undefined || Math.abs(weight) > 4) {
    throw refused(
      `"${text}" is no style.`,
      'Name a .safetensors file, with a weight from -4 to 4 after a colon if you like.',
    );
  }
  const name = path.basename(file);
  const sha256 = await fileHash(file).catch((cause: unknown) => {
    throw refused(`The style ${file} cannot be read.`, 'Check the name of the file.', cause);
  });
  const place = path.join(folder, name);
  const there = await fileHash(place).catch(() => undefined);
  if (there !== undefined && there !== sha256) {
    throw refused(`${place} is another file than ${file}.`, 'Rename one of them.');
  }
  if (there === undefined) await copyWhole(file, place);
  return { name, sha256, weight };
}

async function copyWhole(from: string, to: string): Promise<void> {
  const part = `${to}.${process.pid}.part`;
  try {
    await mkdir(path.dirname(to), { recursive: true });
    await copyFile(from, part);
    await rename(part, to);
  } catch (cause) {
    await rm(part, { force: true });
    throw refused(`The style cannot be copied to ${to}.`, 'Put the file there yourself.', cause);
  }
}

function refused(message: string, action: string, cause?: unknown): InbetweenError {
  return new InbetweenError({ code: 'pack-invalid', message, safe: 'Nothing was started.', action }, { cause });
}
