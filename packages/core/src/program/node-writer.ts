import type { NumberType, Sizes } from './ir';

/**
 * An attribute of a TensorFlow node. The keys are the fields of TensorFlow's AttrValue message, except `ints`, a list of
 * integers. A type is a TensorFlow DataType, or `'own'`: the number type of the operation that is being written.
 */
export type NodeAttribute =
  | { readonly type: number | 'own' }
  | { readonly ints: readonly number[] }
  | { readonly s: string }
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean };

/** The attributes of a TensorFlow kernel, by name. */
export type NodeAttributes = Readonly<Record<string, NodeAttribute>>;

/** Takes TensorFlow kernels from operations: it runs them at once (T is Tensor) or adds them to a graph (T is a name). */
export interface NodeWriter<T> {
  /** A kernel with one output. */
  node(op: string, inputs: readonly T[], attributes?: NodeAttributes): T;
  /** A kernel with several outputs. */
  nodes(op: string, inputs: readonly T[], attributes: NodeAttributes, outputs: number): readonly T[];
  /** A constant of floating-point numbers, by default in the number type of the operation that is being written. */
  floats(values: ArrayLike<number>, sizes: readonly number[], type?: NumberType): T;
  /** A constant vector of int32 numbers. */
  ints(values: readonly number[]): T;
  /** Sizes as a vector of int32 numbers, with the number of images in place of null. */
  sizes(sizes: Sizes): T;
}

/** Numbers of TensorFlow's DataType enumeration. */
export const DataType = {
  float: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const;

/** The attribute of most kernels: they compute in the number type of the operation that is being written. */
export const FLOAT = { T: { type: 'own' } } as const;

/** The same attribute for kernels that compute in float32, whatever the operation's number type. */
export const FLOAT32 = { T: { type: DataType.float } } as const;

/** A number type as TensorFlow's DataType. */
export function dataType(type: NumberType): number {
  return type === 'bfloat16' ? DataType.bfloat16 : DataType.float;
}
