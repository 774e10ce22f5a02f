import type { Tensor } from '@tensorflow/tfjs-core';
import type { NodeWriter } from './node-writer';

/** Sizes of an array; null stands for the number of images of a batch. */
export type Sizes = readonly (number | null)[];

/** The type of an array's numbers. bfloat16 is float32 with 8 of its 24 significant bits. */
export type NumberType = 'float32' | 'bfloat16';

/** An array that a program computes. */
export interface Value {
  readonly sizes: Sizes;
  readonly type: NumberType;
  /** @internal The operation that gives it. */
  readonly operation: Operation;
  /** @internal Which of the operation's outputs it is. */
  readonly output: number;
}

/** The known sizes of a value whose first one may be the batch's. */
export function innerSizes({ sizes }: Value): number[] {
  return sizes.slice(1).map(Number);
}

/** Sizes with the batch's filled in. */
export function withBatch(sizes: Sizes, batch: number): number[] {
  return sizes.map((size) => size ?? batch);
}

/** How an operation of some kind can be computed in bfloat16. */
export interface Bfloat16Use {
  /**
   * `'product'`: a convolution or a matrix product, which bfloat16 makes so much faster that its inputs are cast.
   * `'follows'`: computed in bfloat16 if one of its inputs is in bfloat16 already.
   */
  readonly as: 'product' | 'follows';
  /** How many of the first inputs are to be in bfloat16; by default all. */
  readonly inputs?: number;
}

/** Of most operations between convolutions. */
export const FOLLOWS: Bfloat16Use = { as: 'follows' };

/**
 * What a program is made of. Each kind says four things: the sizes of what it gives, how TensorFlow.js computes it,
 * which TensorFlow nodes compute it, and its gradient in terms of other operations.
 */
export interface OperationKind<Attributes = unknown> {
  readonly name: string;
  sizes(inputs: readonly Value[], attributes: Attributes): readonly Sizes[];
  /** The types of the outputs, if they aren't all that of the inputs, which then is one for all of them. */
  types?(inputs: readonly Value[], attributes: Attributes): readonly NumberType[];
  /** How the bfloat16 pass treats it; without it, it is computed in float32. */
  readonly bfloat16?: Bfloat16Use;
  /** Computes it on any backend. The caller disposes what comes back, and nothing is to be kept besides. */
  run(inputs: readonly Tensor[], attributes: Attributes, operation: Operation<Attributes>): readonly Tensor[];
  /**
   * Computes it by TensorFlow's own kernels, at once or as nodes of a graph. Without it the native backend takes `run`
   * as the others do, and the program can't become a graph.
   */
  write?<T>(
    writer: NodeWriter<T>,
    inputs: readonly T[],
    attributes: Attributes,
    operation: Operation<Attributes>,
  ): readonly T[];
  /**
   * Adds to the program what computes the gradients of its inputs; `wanted` says of which. Without it no gradient
   * goes through.
   */
  gradient?(
    program: Program,
    operation: Operation<Attributes>,
    gradients: readonly (Value | undefined)[],
    wanted: readonly boolean[],
  ): readonly (Value | undefined)[];
}

/** One operation of a program. */
export interface Operation<Attributes = unknown> {
  readonly kind: OperationKind<Attributes>;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
  /** What has to be there before it is computed, besides its inputs: for the sake of memory. */
  readonly after?: Value;
}

/** A kind as the function that adds it to a program and gives its first output. */
export function operation<Attributes>(
  kind: OperationKind<Attributes>,
): (program: Program, inputs: readonly Value[], attributes: Attributes, after?: Value) => Value {
  return (program, inputs, attributes, after) => program.add(kind, inputs, attributes, after)[0];
}

/** A list of operations, each after those whose values it reads. */
export class Program {
  readonly operations: Operation[] = [];

  /** Adds an operation and returns its outputs. */
  add<Attributes>(
    kind: OperationKind<Attributes>,
    inputs: readonly Value[],
    attributes: Attributes,
    after?: Value,
  ): readonly Value[] {
    const outputs: Value[] = [];
    const operation = { kind, inputs, attributes, outputs, after } as unknown as Operation;
    const types = kind.types?.(inputs, attributes);
    const shared = types ? undefined : sharedType(kind.name, inputs);
    for (const [output, sizes] of kind.sizes(inputs, attributes).entries()) {
      outputs.push({ sizes, type: shared ?? types![output], operation, output });
    }
    this.operations.push(operation);
    return outputs;
  }
}

function sharedType(name: string, inputs: readonly Value[]): NumberType {
  const type = inputs[0]?.type ?? 'float32';
  if (inputs.every((input) => input.type === type)) return type;
  const types = inputs.map((input) => input.type).join(', ');
  throw new Error(`program: ${name} expects inputs of one type; received ${types}. Cast them.`);
}
