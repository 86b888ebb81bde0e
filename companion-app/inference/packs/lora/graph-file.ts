/**
 * An ONNX file as its parts on the wire: nodes and initializers are read, everything is kept to the byte, and initializers
 * can be given other data. Source: onnx.proto.
 */
import protobuf from 'protobufjs';

export interface GraphNode {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly string[];
  /** Integer attributes; of larger ones the lower 32 bits. */
  readonly integers: ReadonlyMap<string, number>;
}

/** Where an initializer's numbers lie. */
export type Place =
  | { readonly kind: 'inside'; readonly bytes: Uint8Array }
  | { readonly kind: 'floats'; readonly values: Float32Array }
  | { readonly kind: 'file'; readonly location: string; readonly offset: number; readonly length: number | undefined };

export interface Initializer {
  readonly name: string;
  readonly dims: readonly number[];
  /** TensorProto.DataType: 1 float32, 10 float16. */
  readonly type: number;
  readonly place: Place;
}

export interface GraphFile {
  readonly nodes: readonly GraphNode[];
  readonly initializers: ReadonlyMap<string, Initializer>;
  /** The whole file with the data of some initializers in another file, from the given bytes on. */
  moved(
    location: string,
    places: ReadonlyMap<string, { readonly offset: number; readonly length: number }>,
  ): Uint8Array;
}

const VARINT = 0;
const DELIMITED = 2;
const FIXED32 = 5;

interface Field {
  readonly id: number;
  readonly wire: number;
  /** The content of a delimited field. */
  readonly body: Uint8Array;
  readonly number: number;
  /** Tag and all. */
  readonly raw: Uint8Array;
}

function fieldsOf(bytes: Uint8Array): Field[] {
  const reader = protobuf.Reader.create(bytes);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    const wire = tag & 7;
    let body: Uint8Array = new Uint8Array();
    let number = 0;
    if (wire === DELIMITED) body = reader.bytes();
    else if (wire === VARINT) number = reader.int32();
    else if (wire === FIXED32) number = reader.float();
    else reader.skipType(wire);
    fields.push({ id: tag >>> 3, wire, body, number, raw: bytes.subarray(start, reader.pos) });
  }
  return fields;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function nodeOf(bytes: Uint8Array): GraphNode {
  const fields = fieldsOf(bytes);
  const strings = (id: number) => fields.filter((field) => field.id === id).map(({ body }) => text(body));
  const integers = new Map<string, number>();
  for (const { id, body } of fields) {
    if (id !== 5) continue;
    const attribute = fieldsOf(body);
    const name = attribute.find((field) => field.id === 1);
    const value = attribute.find((field) => field.id === 3);
    if (name && value) integers.set(text(name.body), value.number);
  }
  return { name: strings(3)[0] ?? '', type: strings(4)[0] ?? '', inputs: strings(1), integers };
}

function varints(bytes: Uint8Array): number[] {
  const reader = protobuf.Reader.create(bytes);
  const found: number[] = [];
  while (reader.pos < reader.len) found.push(reader.int32());
  return found;
}

function placeOf(fields: readonly Field[]): Place {
  const external = new Map<string, string>();
  for (const { id, body } of fields) {
    if (id !== 13) continue;
    const entry = new Map(fieldsOf(body).map((field) => [field.id, text(field.body)]));
    external.set(entry.get(1) ?? '', entry.get(2) ?? '');
  }
  const location = external.get('location');
  if (location !== undefined) {
    const length = external.get('length');
    return {
      kind: 'file',
      location,
      offset: Number(external.get('offset') ?? 0),
      length: length === undefined ? undefined : Number(length),
    };
  }
  const raw = fields.find(({ id }) => id === 9);
  if (raw) return { kind: 'inside', bytes: raw.body };
  const packed = fields.filter(({ id, wire }) => id === 4 && wire === DELIMITED).map(({ body }) => body);
  const loose = fields.filter(({ id, wire }) => id === 4 && wire === FIXED32).map(({ number }) => number);
  const values = packed.flatMap((body) => {
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    return Array.from({ length: body.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
  });
  return { kind: 'floats', values: Float32Array.from([...values, ...loose]) };
}

function initializerOf(bytes: Uint8Array): Initializer {
  const fields = fieldsOf(bytes);
  return {
    name: text(fields.find(({ id }) => id === 8)?.body ?? new Uint8Array()),
    dims: fields
      .filter(({ id }) => id === 1)
      .flatMap(({ wire, body, number }) => (wire === VARINT ? number : varints(body))),
    type: fields.find(({ id }) => id === 2)?.number ?? 0,
    place: placeOf(fields),
  };
}

/** The fields that hold numbers: all other fields of a tensor are kept when its numbers move out. */
const DATA_FIELDS: ReadonlySet<number> = new Set([4, 5, 6, 7, 9, 10, 11, 13, 14]);

function outside(bytes: Uint8Array, location: string, place: { offset: number; length: number }): Uint8Array {
  const kept = fieldsOf(bytes).filter(({ id }) => !DATA_FIELDS.has(id));
  const writer = protobuf.Writer.create();
  const entries = { location, offset: String(place.offset), length: String(place.length) };
  for (const [key, value] of Object.entries(entries)) {
    const entry = protobuf.Writer.create().uint32(0x0a).string(key).uint32(0x12).string(value).finish();
    writer.uint32((13 << 3) | DELIMITED).bytes(entry);
  }
  writer.uint32((14 << 3) | VARINT).int32(1);
  return Buffer.concat([...kept.map(({ raw }) => raw), writer.finish()]);
}

function delimited(id: number, body: Uint8Array): Uint8Array {
  return protobuf.Writer.create()
    .uint32((id << 3) | DELIMITED)
    .bytes(body)
    .finish();
}

/** @throws Error when the bytes are no protobuf message */
export function readGraphFile(bytes: Uint8Array): GraphFile {
  const model = fieldsOf(bytes);
  const graph = fieldsOf(model.find(({ id }) => id === 7)?.body ?? new Uint8Array());
  const initializers = graph.filter(({ id }) => id === 5).map(({ body }) => initializerOf(body));
  return {
    nodes: graph.filter(({ id }) => id === 1).map(({ body }) => nodeOf(body)),
    initializers: new Map(initializers.map((initializer) => [initializer.name, initializer])),
    moved: (location, places) => {
      const parts = graph.map(({ id, body, raw }) => {
        const place = id === 5 ? places.get(initializerOf(body).name) : undefined;
        return place ? delimited(5, outside(body, location, place)) : raw;
      });
      return Buffer.concat(model.map(({ id, raw }) => (id === 7 ? delimited(7, Buffer.concat(parts)) : raw)));
    },
  };
}
