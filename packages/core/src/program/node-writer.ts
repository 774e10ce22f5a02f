import type { NumberType, Sizes } from './ir';

/**
 * An attribute of a TensorFlow node, by the names of AttrValue's fields; `ints` is its list of them. A type is TensorFlow's
 * DataType, or `'own'`, which stands for that of the numbers that the operation being written computes with.
 */
export type NodeAttribute =
  | { readonly type: number | 'own' }
  | { readonly ints: readonly number[] }
  | { readonly s: string }
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean };

export type NodeAttributes = Readonly<Record<string, NodeAttribute>>;

/** What operations are written to: TensorFlow's kernels, run at once (T is a tensor) or put into a graph (T is a name). */
export interface NodeWriter<T> {
  /** One kernel with one output. */
  node(op: string, inputs: readonly T[], attributes?: NodeAttributes): T;
  /** One kernel with several outputs. */
  nodes(op: string, inputs: readonly T[], attributes: NodeAttributes, outputs: number): readonly T[];
  /** Numbers of the operation's own type, unless told otherwise. */
  floats(values: ArrayLike<number>, sizes: readonly number[], type?: NumberType): T;
  /** A vector of int32 numbers. */
  ints(values: readonly number[]): T;
  /** Sizes as a vector of int32 numbers, the batch's in place of null. */
  sizes(sizes: Sizes): T;
}

/** TensorFlow's DataType. */
export const DataType = { float: 1, int32: 3, uint8: 4, bool: 10, bfloat16: 14, resource: 20 } as const;

/** The attribute that most kernels have: they compute with floating-point numbers of the operation's own type. */
export const FLOAT = { T: { type: 'own' } } as const;

/** The same of kernels that compute with float32 numbers whatever the operation's own type. */
export const FLOAT32 = { T: { type: DataType.float } } as const;

/** TensorFlow's name of a type. */
export function dataType(type: NumberType): number {
  return type === 'bfloat16' ? DataType.bfloat16 : DataType.float;
}
