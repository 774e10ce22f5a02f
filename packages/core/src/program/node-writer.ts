import type { Sizes } from './ir';

/** An attribute of a TensorFlow node, by the names of AttrValue's fields; `ints` is its list of them. */
export type NodeAttribute =
  | { readonly type: number }
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
  /** Float32 numbers. */
  floats(values: ArrayLike<number>, sizes: readonly number[]): T;
  /** A vector of int32 numbers. */
  ints(values: readonly number[]): T;
  /** Sizes as a vector of int32 numbers, the batch's in place of null. */
  sizes(sizes: Sizes): T;
}

/** TensorFlow's DataType. */
export const DataType = { float: 1, int32: 3, uint8: 4, bool: 10, resource: 20 } as const;

/** The attribute that most kernels on float32 have. */
export const FLOAT = { T: { type: DataType.float } } as const;
