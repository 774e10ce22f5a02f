import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Sizes } from '../../program/ir';
import { message } from '../../run/tensorflow/messages';

// Writes ONNX' protobuf messages. The field numbers are those of onnx/onnx.proto.

/** Numbers of ONNX' TensorProto.DataType. */
export const OnnxType = { float: 1, uint8: 2, int64: 7 } as const;

/** Numbers of ONNX' AttributeProto.AttributeType. */
const AttributeType = { int: 2, string: 3, ints: 7 } as const;

/** A number, a text or a list of integers. */
export type OnnxAttribute = number | string | readonly number[];

/** A node of a graph. Inputs that are left out are empty texts. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A constant of a graph. */
export interface OnnxConstant {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** An input or output of a graph. null stands for the number of images. */
interface OnnxPort {
  readonly name: string;
  readonly type: number;
  readonly sizes: Sizes;
}

export interface OnnxModel {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly input: OnnxPort;
  readonly output: OnnxPort;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The version of the file format that belongs to the operator set. ONNX 1.12 and later read both. */
const IR_VERSION = 8;
const OPERATOR_SET = 17;

/** The bytes of a `.onnx` file. */
export function onnxModel({ name, nodes, constants, input, output, metadata }: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(IR_VERSION);
  text(writer, 2, '@thawjs/core');
  message(writer, 7, () => {
    for (const node of nodes) message(writer, 1, () => nodeOf(writer, node));
    text(writer, 2, name);
    for (const constant of constants) message(writer, 5, () => constantOf(writer, constant));
    message(writer, 11, () => port(writer, input));
    message(writer, 12, () => port(writer, output));
  });
  message(writer, 8, () => {
    text(writer, 1, '');
    writer.tag(2, WireType.Varint).int64(OPERATOR_SET);
  });
  for (const [key, value] of Object.entries(metadata)) {
    message(writer, 14, () => {
      text(writer, 1, key);
      text(writer, 2, value);
    });
  }
  return writer.finish();
}

function nodeOf(writer: BinaryWriter, { op, inputs, output, attributes }: OnnxNode): void {
  for (const input of inputs) text(writer, 1, input);
  text(writer, 2, output);
  text(writer, 3, output);
  text(writer, 4, op);
  for (const [name, value] of Object.entries(attributes)) {
    message(writer, 5, () => {
      text(writer, 1, name);
      if (typeof value === 'number') writer.tag(3, WireType.Varint).int64(value);
      else if (typeof value === 'string') text(writer, 4, value);
      else for (const one of value) writer.tag(8, WireType.Varint).int64(one);
      writer.tag(20, WireType.Varint).int32(attributeType(value));
    });
  }
}

function attributeType(value: OnnxAttribute): number {
  if (typeof value === 'number') return AttributeType.int;
  return typeof value === 'string' ? AttributeType.string : AttributeType.ints;
}

function constantOf(writer: BinaryWriter, { name, sizes, values }: OnnxConstant): void {
  for (const size of sizes) writer.tag(1, WireType.Varint).int64(size);
  writer.tag(2, WireType.Varint).int32(values instanceof Float32Array ? OnnxType.float : OnnxType.int64);
  text(writer, 8, name);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writer.tag(9, WireType.LengthDelimited).bytes(bytes);
}

function port(writer: BinaryWriter, { name, type, sizes }: OnnxPort): void {
  text(writer, 1, name);
  message(writer, 2, () => {
    message(writer, 1, () => {
      writer.tag(1, WireType.Varint).int32(type);
      message(writer, 2, () => {
        for (const size of sizes) {
          message(writer, 1, () => {
            if (size === null) text(writer, 2, 'images');
            else writer.tag(1, WireType.Varint).int64(size);
          });
        }
      });
    });
  });
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}
