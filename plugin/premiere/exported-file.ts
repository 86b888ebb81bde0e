/** Waits for the file of an exported frame: Premiere's answer lies both ways, and the file may land late or under another name [R]. */
import type { HostDependencies } from './host';
import { inFolder } from './paths';

/** Milliseconds after the export at which the disk is looked at. */
const LOOKS = [0, 100, 250, 500, 1000, 2000, 3500, 5000];
/** Every whole PNG ends with an empty IEND chunk. */
const IEND = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

export interface ExportedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

function isWholePng(bytes: Uint8Array): boolean {
  const from = bytes.length - IEND.length;
  return from > 0 && bytes[0] === 0x89 && IEND.every((byte, i) => bytes[from + i] === byte);
}

/** Both names that the file of this base name may have. */
export function possibleNames(folder: string, base: string): readonly string[] {
  return [`${base}.png`, `${base}.png.png`].map((name) => inFolder(folder, name));
}

async function readWhole(deps: Pick<HostDependencies, 'files'>, path: string): Promise<Uint8Array | null> {
  try {
    if (!(await deps.files.exists(path))) return null;
    const bytes = await deps.files.readFile(path);
    return isWholePng(bytes) ? bytes : null;
  } catch {
    return null;
  }
}

/** The exported picture once it is whole on disk; null when none came in time. */
export async function awaitExport(
  deps: Pick<HostDependencies, 'files' | 'wait'>,
  paths: readonly string[],
): Promise<ExportedFile | null> {
  let waited = 0;
  for (const at of LOOKS) {
    if (at > waited) await deps.wait(at - waited);
    waited = at;
    for (const path of paths) {
      const bytes = await readWhole(deps, path);
      if (bytes) return { path, bytes };
    }
  }
  return null;
}
