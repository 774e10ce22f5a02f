import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { NumberType, Sizes } from '../../program/ir';
import { dataType, type NodeAttribute } from '../../program/node-writer';

// Writes TensorFlow's protobuf messages. The field numbers are those of
// tensorflow/core/protobuf/{saved_model,meta_graph}.proto and
// tensorflow/core/framework/{graph,function,node_def,op_def,attr_value,tensor,tensor_shape,versions}.proto.

/** An attribute of a graph's node. All but those of `NodeAttribute` occur only in graphs. */
export type GraphAttribute =
  | NodeAttribute
  | { readonly shape: Sizes }
  | { readonly tensor: TensorValue }
  | { readonly types: readonly number[] }
  | { readonly shapes: readonly Sizes[] }
  /** The name of a function of the graph. */
  | { readonly func: string };

/** The value of a constant. */
export interface TensorValue {
  readonly dtype: number;
  readonly sizes: readonly number[];
  readonly values: Float32Array | Int32Array | Uint16Array;
}

/** A node of a graph. Inputs are written `name`, `name:output`, or `^name` for a node that is only waited for. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, GraphAttribute>>;
}

/** A function that nodes of a graph call. */
export interface GraphFunction {
  readonly name: string;
  /** The type of each argument, by name. */
  readonly takes: Readonly<Record<string, number>>;
  /** The type of each result, by name, and the output of a node that it is, written as below. */
  readonly gives: Readonly<Record<string, { readonly type: number; readonly from: string }>>;
  /** Inputs are arguments' names, or `node:output:0`, where `output` is the name that TensorFlow gives the output. */
  readonly nodes: readonly GraphNode[];
}

/** An input or output of a SavedModel's signature. */
interface SignatureTensor {
  readonly name: string;
  readonly dtype: number;
  readonly sizes: Sizes;
}

/** A signature of a SavedModel: named inputs and outputs. */
export interface Signature {
  readonly inputs: Readonly<Record<string, SignatureTensor>>;
  readonly outputs: Readonly<Record<string, SignatureTensor>>;
}

/** The graph version to declare: TF_GRAPH_DEF_VERSION of TensorFlow 2.9, the oldest TensorFlow that runs these graphs. */
const PRODUCER = 1087;

/** The bytes of `saved_model.pb`: one graph under the tag `serve`. */
export function savedModel(
  nodes: readonly GraphNode[],
  signatures: Readonly<Record<string, Signature>> = {},
  functions: readonly GraphFunction[] = [],
): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(1);
  message(writer, 2, () => {
    message(writer, 1, () => {
      writer.tag(4, WireType.LengthDelimited).string('serve');
    });
    message(writer, 2, () => {
      for (const node of nodes) message(writer, 1, () => graphNode(writer, node));
      message(writer, 2, () => {
        for (const one of functions) message(writer, 1, () => graphFunction(writer, one));
      });
      message(writer, 4, () => {
        writer.tag(1, WireType.Varint).int32(PRODUCER);
      });
    });
    for (const [name, signature] of Object.entries(signatures)) {
      entry(writer, 5, name, () => signatureOf(writer, signature));
    }
  });
  return writer.finish();
}

function graphNode(writer: BinaryWriter, { name, op, inputs, attributes }: GraphNode): void {
  writer.tag(1, WireType.LengthDelimited).string(name);
  writer.tag(2, WireType.LengthDelimited).string(op);
  for (const input of inputs) writer.tag(3, WireType.LengthDelimited).string(input);
  for (const [key, value] of Object.entries(attributes)) {
    entry(writer, 5, key, () => attribute(writer, value));
  }
}

function graphFunction(writer: BinaryWriter, { name, takes, gives, nodes }: GraphFunction): void {
  const argument = (field: number, key: string, type: number) =>
    message(writer, field, () => {
      writer.tag(1, WireType.LengthDelimited).string(key);
      writer.tag(3, WireType.Varint).int32(type);
    });
  message(writer, 1, () => {
    writer.tag(1, WireType.LengthDelimited).string(name);
    for (const [key, type] of Object.entries(takes)) argument(2, key, type);
    for (const [key, { type }] of Object.entries(gives)) argument(3, key, type);
  });
  for (const node of nodes) message(writer, 3, () => graphNode(writer, node));
  for (const [key, { from }] of Object.entries(gives)) {
    message(writer, 4, () => {
      writer.tag(1, WireType.LengthDelimited).string(key);
      writer.tag(2, WireType.LengthDelimited).string(from);
    });
  }
}

function attribute(writer: BinaryWriter, value: GraphAttribute): void {
  if ('ints' in value) {
    message(writer, 1, () => {
      writer.tag(3, WireType.LengthDelimited).fork();
      for (const i of value.ints) writer.int64(i);
      writer.join();
    });
  } else if ('s' in value) writer.tag(2, WireType.LengthDelimited).string(value.s);
  else if ('i' in value) writer.tag(3, WireType.Varint).int64(value.i);
  else if ('f' in value) writer.tag(4, WireType.Bit32).float(value.f);
  else if ('b' in value) writer.tag(5, WireType.Varint).bool(value.b);
  else if ('type' in value) writer.tag(6, WireType.Varint).int32(Number(value.type));
  else if ('shape' in value) message(writer, 7, () => shape(writer, value.shape));
  else if ('types' in value) {
    message(writer, 1, () => {
      writer.tag(6, WireType.LengthDelimited).fork();
      for (const type of value.types) writer.int32(type);
      writer.join();
    });
  } else if ('shapes' in value) {
    message(writer, 1, () => {
      for (const sizes of value.shapes) message(writer, 7, () => shape(writer, sizes));
    });
  } else if ('func' in value) {
    message(writer, 10, () => writer.tag(1, WireType.LengthDelimited).string(value.func));
  } else message(writer, 8, () => tensor(writer, value.tensor));
}

function tensor(writer: BinaryWriter, { dtype, sizes, values }: TensorValue): void {
  writer.tag(1, WireType.Varint).int32(dtype);
  message(writer, 2, () => shape(writer, sizes));
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writer.tag(4, WireType.LengthDelimited).bytes(bytes);
}

function shape(writer: BinaryWriter, sizes: Sizes): void {
  for (const size of sizes) {
    message(writer, 2, () => {
      writer.tag(1, WireType.Varint).int64(size ?? -1);
    });
  }
}

function signatureOf(writer: BinaryWriter, { inputs, outputs }: Signature): void {
  const tensors = (field: number, all: Signature['inputs']) => {
    for (const [key, { name, dtype, sizes }] of Object.entries(all)) {
      entry(writer, field, key, () => {
        writer.tag(1, WireType.LengthDelimited).string(`${name}:0`);
        writer.tag(2, WireType.Varint).int32(dtype);
        message(writer, 3, () => shape(writer, sizes));
      });
    }
  };
  tensors(1, inputs);
  tensors(2, outputs);
  writer.tag(3, WireType.LengthDelimited).string('tensorflow/serving/predict');
}

/** One entry of a map from strings to messages. */
function entry(writer: BinaryWriter, field: number, key: string, value: () => void): void {
  message(writer, field, () => {
    writer.tag(1, WireType.LengthDelimited).string(key);
    message(writer, 2, value);
  });
}

/** A message within a message. */
export function message(writer: BinaryWriter, field: number, content: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  content();
  writer.join();
}

/** The attributes of a constant. */
export function constantAttributes(value: TensorValue) {
  return { dtype: { type: value.dtype }, value: { tensor: value } };
}

/** Floating-point numbers as a constant's value. */
export function numbersValue(
  values: ArrayLike<number>,
  sizes: readonly number[],
  type: NumberType,
): TensorValue {
  const floats = Float32Array.from(values);
  return { dtype: dataType(type), sizes, values: type === 'bfloat16' ? bfloat16Bits(floats) : floats };
}

/** The bits of float32 numbers rounded to bfloat16: to the nearest, ties to even. */
function bfloat16Bits(floats: Float32Array): Uint16Array {
  return Uint16Array.from(new Uint32Array(floats.buffer), (bits) =>
    (bits & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16,
  );
}
