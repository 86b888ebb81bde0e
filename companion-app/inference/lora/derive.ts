/** Writing a model that reads some of its weights from a file of its own; everything else stays byte for byte. */
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import protobuf from 'protobufjs';
import type { ModelFile, Weight } from './model-file';

/** Where a weight's numbers lie in the file beside the model. */
export interface Moved {
  readonly weight: Weight;
  readonly offset: number;
  readonly length: number;
}

/** Memory pages: the runtime may map the file instead of reading it. */
const PAGE = 4096;

/** Writes weights one after the other, each at the start of a page; gives their places. */
export async function writeWeights(
  file: FileHandle,
  weights: Iterable<Weight>,
  bytesOf: (weight: Weight) => Promise<Uint8Array>,
): Promise<Moved[]> {
  const moved: Moved[] = [];
  let end = 0;
  for (const weight of weights) {
    const offset = Math.ceil(end / PAGE) * PAGE;
    const bytes = await bytesOf(weight);
    await writeAll(file, bytes, offset);
    end = offset + bytes.length;
    moved.push({ weight, offset, length: bytes.length });
  }
  return moved;
}

/** Writes the model with the moved weights pointing to `location`, a file beside it. */
export async function writeModel(
  file: FileHandle,
  model: ModelFile,
  moved: readonly Moved[],
  location: string,
): Promise<void> {
  const { bytes, graph } = model;
  const parts: Uint8Array[] = [];
  let from = graph.start;
  for (const one of [...moved].sort((a, b) => a.weight.span[0] - b.weight.span[0])) {
    const [start, end] = one.weight.span;
    parts.push(bytes.subarray(from, start), outside(one, location));
    from = end;
  }
  parts.push(bytes.subarray(from, graph.end));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = protobuf.Writer.create().uint32(tagOf(7)).uint32(length).finish();
  let position = 0;
  for (const part of [bytes.subarray(0, graph.tag), head, ...parts, bytes.subarray(graph.end)]) {
    await writeAll(file, part, position);
    position += part.length;
  }
}

/** Whether a plain file lies there. */
export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/** Writes a file under another name, and gives it its own once it is whole. */
export async function whenWhole<Result>(path: string, write: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const part = `${path}.${process.pid}.part`;
  const file = await open(part, 'w');
  try {
    const result = await write(file);
    await file.sync();
    await file.close();
    await rename(part, path);
    await syncFolder(dirname(path));
    return result;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}

/** Makes a rename last; file systems that cannot sync a folder keep it anyhow. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

const tagOf = (field: number): number => (field << 3) | 2;

/** The weight's TensorProto in a graph, its numbers elsewhere. */
function outside({ weight, offset, length }: Moved, location: string): Uint8Array {
  const writer = protobuf.Writer.create().uint32(tagOf(5)).fork();
  for (const size of weight.dims) writer.uint32(1 << 3).int64(size);
  writer.uint32(2 << 3).int32(weight.type);
  writer.uint32(tagOf(8)).string(weight.name);
  for (const [key, value] of Object.entries({ location, offset: String(offset), length: String(length) })) {
    writer.uint32(tagOf(13)).fork().uint32(tagOf(1)).string(key).uint32(tagOf(2)).string(value).ldelim();
  }
  return writer
    .uint32(14 << 3)
    .int32(1)
    .ldelim()
    .finish();
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, Math.min(bytes.length - done, 2 ** 30), position + done);
    done += bytesWritten;
  }
}
