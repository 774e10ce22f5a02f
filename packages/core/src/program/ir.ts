import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { OperationTypesError } from '../errors';
import type { NodeWriter } from './node-writer';

/** The shape of an array. null stands for the number of images in the batch, and can only be the first size. */
export type Sizes = readonly (number | null)[];

/** The type of an array's numbers. A bfloat16 number is a float32 number rounded to 8 significant bits of its 24. */
export type NumberType = 'float32' | 'bfloat16';

/** An array that a program computes. */
export interface Value {
  readonly sizes: Sizes;
  readonly type: NumberType;
  /** @internal The operation that computes this value. */
  readonly operation: Operation;
  /** @internal The index of this value among the operation's outputs. */
  readonly output: number;
}

/** The sizes of a value without the first one, which may be the number of images. */
export function innerSizes({ sizes }: Value): number[] {
  return sizes.slice(1).map(Number);
}

/** Sizes with null replaced by the number of images. */
export function withBatch(sizes: Sizes, batch: number): number[] {
  return sizes.map((size) => size ?? batch);
}

/** How an operation of some kind can be computed in bfloat16. */
export interface Bfloat16Use {
  /**
   * `'product'`: a convolution or a matrix product. bfloat16 makes these so much faster that casting their inputs pays.
   * `'follows'`: computed in bfloat16 only if one of the inputs is in bfloat16 already.
   */
  readonly as: 'product' | 'follows';
  /** How many inputs, counted from the first, are read in bfloat16; by default all. */
  readonly inputs?: number;
}

/** The `bfloat16` of most operations that stand between two convolutions. */
export const FOLLOWS: Bfloat16Use = { as: 'follows' };

/** An array that is kept from one run of a program to the next: a weight, an optimizer slot, a count of updates. */
export interface State {
  /** Unique within a program. A checkpoint stores the state under this name. */
  readonly name: string;
  readonly sizes: readonly number[];
  /** Set if the state is a variable of the model. The variable holds the state's value between runs. */
  readonly variable?: Variable;
  /** The first value of any other state: one number for all elements, or a copy of another state's first value. Default 0. */
  readonly initial?: number | State;
}

/**
 * A kind of operation. It defines four things: the sizes of the outputs, how TensorFlow.js computes them (`run`), which
 * TensorFlow kernels compute them (`write`), and the gradient as further operations.
 *
 * The kind of an update may define a fifth: `apply`. The first inputs of an update are the current values of the states
 * that it writes; its outputs are their new values.
 */
export interface OperationKind<Attributes = unknown> {
  readonly name: string;
  sizes(inputs: readonly Value[], attributes: Attributes): readonly Sizes[];
  /** The types of the outputs. Without this function, all inputs must have one type, and the outputs have it too. */
  types?(inputs: readonly Value[], attributes: Attributes): readonly NumberType[];
  /** How the bfloat16 pass treats the operation. Without this, the operation is computed in float32. */
  readonly bfloat16?: Bfloat16Use;
  /** Computes the outputs on any backend. The caller disposes them. No other tensor may be left alive. */
  run(inputs: readonly Tensor[], attributes: Attributes, operation: Operation<Attributes>): readonly Tensor[];
  /**
   * Computes the outputs by TensorFlow's kernels, at once or as nodes of a graph. Without this function the native
   * backend uses `run`, as the others do, and a session runs the operation by TensorFlow.js between two of its own runs.
   */
  write?<T>(
    writer: NodeWriter<T>,
    inputs: readonly T[],
    attributes: Attributes,
    operation: Operation<Attributes>,
  ): readonly T[];
  /**
   * For updates: writes the new values into TensorFlow's variables by one kernel, and returns that kernel's node for
   * others to wait for. Without this function, `write` computes the new values, which are then assigned.
   *
   * @param handles the variables, one per written state.
   */
  apply?<T>(
    writer: NodeWriter<T>,
    handles: readonly T[],
    inputs: readonly T[],
    attributes: Attributes,
    operation: Operation<Attributes>,
  ): T;
  /**
   * Adds operations to the program that compute the gradients of the inputs from the gradients of the outputs. `wanted`
   * says which inputs need a gradient. Without this function the outputs count as constants.
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
  /** A value that has to be computed before this operation, although the operation doesn't read it. */
  readonly after?: Value;
  /** Set for an update: the states that it writes. */
  readonly writes?: readonly State[];
}

/** The work of one run of a program: the values to return, and the updates to make. */
export interface Entry {
  readonly program: Program;
  readonly outputs: readonly Value[];
  readonly updates?: readonly Operation[];
}

/** An update of some states. */
export interface UpdateOf<Attributes> {
  readonly states: readonly State[];
  /**
   * The current values of the states: by default those at the beginning of the run. If an earlier update of the same run
   * writes a state, pass that update's output.
   */
  readonly current?: readonly Value[];
  readonly inputs?: readonly Value[];
  readonly attributes: Attributes;
  readonly after?: Value;
}

/** The function that adds an operation of a kind to a program and returns the operation's first output. */
export function operation<Attributes>(
  kind: OperationKind<Attributes>,
): (program: Program, inputs: readonly Value[], attributes: Attributes, after?: Value) => Value {
  return (program, inputs, attributes, after) => program.add(kind, inputs, attributes, after)[0];
}

/** A list of operations, each after the operations whose outputs it reads. */
export class Program {
  readonly operations: Operation[] = [];
  readonly #reads: Map<State, Value>;

  /** @param before for a pass: the program that it rewrites. The new program shares the reads of states. */
  constructor(before?: Program) {
    this.#reads = new Map(before?.reads);
  }

  /** Adds an operation and returns its outputs. */
  add<Attributes>(
    kind: OperationKind<Attributes>,
    inputs: readonly Value[],
    attributes: Attributes,
    after?: Value,
  ): readonly Value[] {
    return this.#added(kind, inputs, attributes, { after }).outputs;
  }

  /** The value that a state has when a run begins. */
  read(state: State): Value {
    let value = this.#reads.get(state);
    if (!value) {
      [value] = this.add(readKind, [], { state });
      this.#reads.set(state, value);
    }
    return value;
  }

  /** The states that the program reads, with their values. */
  get reads(): ReadonlyMap<State, Value> {
    return this.#reads;
  }

  /** Adds an update, whose outputs are the states' new values. A run makes the update only if its entry lists it. */
  update<Attributes>(kind: OperationKind<Attributes>, update: UpdateOf<Attributes>): Operation {
    const {
      states,
      current = states.map((state) => this.read(state)),
      inputs = [],
      attributes,
      after,
    } = update;
    return this.#added(kind, [...current, ...inputs], attributes, { after, writes: states });
  }

  #added<Attributes>(
    kind: OperationKind<Attributes>,
    inputs: readonly Value[],
    attributes: Attributes,
    more: Pick<Operation, 'after' | 'writes'>,
  ): Operation {
    const outputs: Value[] = [];
    const operation = { kind, inputs, attributes, outputs, ...more } as unknown as Operation;
    const types = kind.types?.(inputs, attributes);
    const shared = types ? undefined : sharedType(kind.name, inputs);
    for (const [output, sizes] of kind.sizes(inputs, attributes).entries()) {
      outputs.push({ sizes, type: shared ?? types![output], operation, output });
    }
    this.operations.push(operation);
    return operation;
  }
}

function sharedType(name: string, inputs: readonly Value[]): NumberType {
  const type = inputs[0]?.type ?? 'float32';
  if (inputs.every((input) => input.type === type)) return type;
  const types = inputs.map((input) => input.type).join(', ');
  throw new OperationTypesError(`program: ${name} expects inputs of one type; received ${types}. Cast them.`);
}

/** Reads a state's value at the beginning of a run. Each way of running a program implements this kind itself. */
const readKind: OperationKind<{ readonly state: State }> = {
  name: 'Read',
  sizes: (_, { state }) => [state.sizes],
  run: (_, { state }) => {
    throw new Error(`program: expected the state "${state.name}" to be read by what runs the program.`);
  },
};

/** The state that an operation reads, if it is a read. */
export function stateRead({ kind, attributes }: Operation): State | undefined {
  return kind === (readKind as OperationKind) ? (attributes as { state: State }).state : undefined;
}

/** A model, a loss or an optimizer can't become a program. The message gives the reason as a part of a sentence. */
export class NotAProgramError extends Error {}
