/**
 * The messages of onnx.proto (ONNX IR version 8, Apache-2.0) that graphs made or read here consist of, by field number.
 * Fields that are not named here are skipped when read.
 */
import protobuf from 'protobufjs';

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });
const single = (type: string, id: number) => ({ type, id });

const root = protobuf.Root.fromJSON({
  nested: {
    onnx: {
      nested: {
        ModelProto: {
          fields: {
            irVersion: single('int64', 1),
            producerName: single('string', 2),
            graph: single('GraphProto', 7),
            opsetImport: repeated('OperatorSetIdProto', 8),
          },
        },
        OperatorSetIdProto: { fields: { domain: single('string', 1), version: single('int64', 2) } },
        GraphProto: {
          fields: {
            node: repeated('NodeProto', 1),
            name: single('string', 2),
            initializer: repeated('TensorProto', 5),
            input: repeated('ValueInfoProto', 11),
            output: repeated('ValueInfoProto', 12),
          },
        },
        NodeProto: {
          fields: {
            input: repeated('string', 1),
            output: repeated('string', 2),
            name: single('string', 3),
            opType: single('string', 4),
            attribute: repeated('AttributeProto', 5),
          },
        },
        AttributeProto: {
          fields: {
            name: single('string', 1),
            f: single('float', 2),
            i: single('int64', 3),
            s: single('bytes', 4),
            g: single('GraphProto', 6),
            floats: { ...repeated('float', 7), options: { packed: false } },
            ints: { ...repeated('int64', 8), options: { packed: false } },
            type: single('int32', 20),
          },
        },
        TensorProto: {
          fields: {
            dims: { ...repeated('int64', 1), options: { packed: false } },
            dataType: single('int32', 2),
            name: single('string', 8),
            rawData: single('bytes', 9),
          },
        },
        ValueInfoProto: { fields: { name: single('string', 1), type: single('TypeProto', 2) } },
        TypeProto: { fields: { tensorType: single('TypeProtoTensor', 1) } },
        TypeProtoTensor: { fields: { elemType: single('int32', 1), shape: single('TensorShapeProto', 2) } },
        TensorShapeProto: { fields: { dim: repeated('TensorShapeDimension', 1) } },
        TensorShapeDimension: { fields: { dimValue: single('int64', 1), dimParam: single('string', 2) } },
      },
    },
  },
});

/** ModelProto, for encoding and decoding whole models. */
export const modelType = root.lookupType('onnx.ModelProto');

/** TensorProto.DataType. */
export const DATA_TYPE = { float: 1, uint8: 2, int32: 6, int64: 7, bool: 9 } as const;
export type DataType = keyof typeof DATA_TYPE;

/** AttributeProto.AttributeType. */
export const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, graph: 5, floats: 6, ints: 7 } as const;
