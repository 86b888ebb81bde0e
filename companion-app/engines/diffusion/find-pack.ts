/** Which of the installed packs a shot is made with. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InbetweenError } from '../../../shared/problem';
import { packInvalid, readPack, type Pack } from '../../inference/packs';
import { familyOf } from './pipelines';

/**
 * The pack called `name`; without a name the first, in the order of names, of a family that is supported.
 * @throws InbetweenError `engine-unavailable` where there is none
 */
export async function findPack(packsDir: string | undefined, name: string | undefined): Promise<Pack> {
  if (packsDir === undefined) throw noPack('No folder of model packs is set.');
  if (name !== undefined) {
    if (name !== basename(name) || name === '..' || name === '.') throw packInvalid(`"${name}" is no name of a pack.`);
    const pack = await readPack(join(packsDir, name));
    familyOf(pack);
    return pack;
  }
  const names = await readdir(packsDir).catch(() => []);
  for (const folder of names.filter((entry) => !entry.startsWith('.')).sort()) {
    const pack = await readPack(join(packsDir, folder)).catch(() => undefined);
    if (pack && supported(pack)) return pack;
  }
  throw noPack(`There is no image-to-video pack in ${packsDir}.`);
}

function supported(pack: Pack): boolean {
  try {
    familyOf(pack);
    return true;
  } catch {
    return false;
  }
}

function noPack(message: string): InbetweenError {
  return new InbetweenError({
    code: 'engine-unavailable',
    message,
    safe: 'The board and the other shots are untouched.',
    action: 'Put a pack into the folder of packs, or choose the parallax engine.',
  });
}
