import type { Tensor, Variable } from '@tensorflow/tfjs-core';
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

/** An array that is kept from one run to the next: a weight, an optimizer's slot, a count of steps. */
export interface State {
  /** Unique within a program; a checkpoint finds the state by it. */
  readonly name: string;
  readonly sizes: readonly number[];
  /** The model's variable, if the state is one. Its value lies there between runs. */
  readonly variable?: Variable;
  /** How any other state starts: filled with a number, or as a model's variable is by then; default 0. */
  readonly initial?: number | State;
}

/**
 * A kind of operation. It says four things: the sizes of its outputs, how TensorFlow.js computes them, which
 * TensorFlow nodes compute them, and the gradient in terms of other operations.
 *
 * A kind of update says a fifth: `apply`. An update's first inputs are the current values of the states that it
 * writes, and its outputs are their new values.
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
   * Of an update: writes the new values into TensorFlow's variables by one kernel, and returns that kernel, to wait
   * for. Without it, `write` computes the new values and they are assigned.
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
  /** A value that has to be computed first, besides the inputs. */
  readonly after?: Value;
  /** Set for an update: the states that it writes. */
  readonly writes?: readonly State[];
}

/** What one run of a program computes: values to return, and updates to make. */
export interface Entry {
  readonly program: Program;
  readonly outputs: readonly Value[];
  readonly updates?: readonly Operation[];
}

/** An update of some states. */
export interface UpdateOf<Attributes> {
  readonly states: readonly State[];
  /** The states' current values: what an earlier update in the same run gave, or by default what a run begins with. */
  readonly current?: readonly Value[];
  readonly inputs?: readonly Value[];
  readonly attributes: Attributes;
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
  readonly #reads: Map<State, Value>;

  /** @param before a program whose reads of states this one's operations share: what a pass makes anew. */
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

  /** Adds an update. Its outputs are the states' new values. A run makes it if its entry lists it. */
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
  throw new Error(`program: ${name} expects inputs of one type; received ${types}. Cast them.`);
}

/** The value of a state when a run begins. Each way of running a program reads its states itself. */
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
