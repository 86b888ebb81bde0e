/** Looks at a pack's graphs before any runtime opens them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { externalLocations } from './external-data';
import { packInvalid } from './pack-problem';
import type { Pack } from './pack';

export interface GraphFinding {
  /** Path within the pack. */
  readonly graph: string;
  /** Bytes of the graph and of the files that hold its weights. */
  readonly bytes: number;
  /** Files beside the graph that hold its weights, within the pack. */
  readonly data: readonly string[];
}

/**
 * Reads every graph of the pack and the places of its weights.
 * Links are followed (model caches are made of them), but a graph may only name files inside the pack.
 * @throws InbetweenError `pack-invalid` for a graph that cannot be read, or names data outside the pack or missing
 */
export async function verifyGraphs(pack: Pack): Promise<GraphFinding[]> {
  const parts = await readdir(pack.folder, { withFileTypes: true });
  const findings: GraphFinding[] = [];
  for (const part of parts.map(({ name }) => name).sort()) {
    const path = await pack.graph(part);
    if (path !== undefined) findings.push(await verifyGraph(pack.folder, path));
  }
  if (findings.length === 0) throw packInvalid(`${pack.folder} holds no ONNX graph.`);
  return findings;
}

/** One graph of the pack in `folder`; see verifyGraphs. */
export async function verifyGraph(folder: string, path: string): Promise<GraphFinding> {
  const graph = relative(folder, path);
  const bytes = await readFile(path);
  let locations: string[];
  try {
    locations = externalLocations(bytes);
  } catch (cause) {
    throw packInvalid(`${graph} is damaged: it cannot be read as an ONNX model.`, cause);
  }
  let size = bytes.length;
  const data: string[] = [];
  for (const location of locations) {
    const file = relative(folder, join(dirname(path), location));
    if (isAbsolute(location) || /^[A-Za-z]:|\\/.test(location) || file === '..' || file.startsWith(`..${sep}`)) {
      throw packInvalid(`${graph} wants its weights from "${location}", outside the pack. It was not opened.`);
    }
    const facts = await stat(join(folder, file)).catch(() => undefined);
    if (!facts?.isFile()) throw packInvalid(`${graph} needs its weights from ${file}, which is not there.`);
    size += facts.size;
    data.push(file);
  }
  return { graph, bytes: size, data };
}
