import type { NumberType, Sizes } from '../../program/ir';
import { DataType, dataType, FLOAT, type NodeAttributes, type NodeWriter } from '../../program/node-writer';
import {
  constantAttributes,
  type GraphAttribute,
  type GraphNode,
  numbersValue,
  type TensorValue,
} from './messages';

/** Settings for all nodes of one operation. */
interface Context {
  /** The number type that the nodes compute in; default float32. */
  readonly type?: NumberType;
  /** Values that the nodes wait for. */
  readonly after?: readonly NamedValue[];
  /** Nodes without an output that the nodes wait for. */
  readonly done?: readonly string[];
}

/** A value of the graph. */
export interface NamedValue {
  readonly name: string;
  readonly type: NumberType;
}

/** A writer that adds TensorFlow's kernels to a graph as nodes. Its methods return names of nodes or outputs. */
export class GraphWriter implements NodeWriter<string> {
  readonly #nodes: GraphNode[] = [];
  readonly #constants = new Map<string, string>();
  readonly #sizes = new Map<string, string>();
  readonly #anchors = new Map<string, string>();
  #batch: string | undefined;
  #context: Context = {};

  get graph(): readonly GraphNode[] {
    return this.#nodes;
  }

  /** Begins the nodes of another run of the session, whose batch has a size of its own. */
  beginRun(): void {
    this.#batch = undefined;
    this.#sizes.clear();
  }

  node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, GraphAttribute>> = {},
  ): string {
    const { type = 'float32' } = this.#context;
    const waits = op === 'Const' ? [] : this.#waits();
    const name = `${op}_${this.#nodes.length}`;
    this.#nodes.push({
      name,
      op,
      inputs: [...inputs, ...waits],
      attributes: withOwnType(attributes, dataType(type)),
    });
    return name;
  }

  /** Calls a function whose nodes get the context's number type, and wait for the context's values and nodes. */
  within<T>(context: Context, write: () => T): T {
    const before = this.#context;
    this.#context = context;
    try {
      return write();
    } finally {
      this.#context = before;
    }
  }

  nodes(op: string, inputs: readonly string[], attributes: NodeAttributes, outputs: number): string[] {
    const name = this.node(op, inputs, attributes);
    return Array.from({ length: outputs }, (_, i) => `${name}:${i}`);
  }

  floats(
    values: ArrayLike<number>,
    sizes: readonly number[],
    type = this.#context.type ?? 'float32',
  ): string {
    return this.#constant(numbersValue(values, sizes, type));
  }

  /** A float32 constant of any length, which isn't shared with equal constants. */
  data(values: Float32Array, sizes: readonly number[]): string {
    return this.node('Const', [], constantAttributes({ dtype: DataType.float, sizes, values }));
  }

  ints(values: readonly number[]): string {
    return this.#constant({ dtype: DataType.int32, sizes: [values.length], values: Int32Array.from(values) });
  }

  sizes(sizes: Sizes): string {
    if (!sizes.includes(null)) return this.ints(sizes.map(Number));
    const key = String(sizes);
    let name = this.#sizes.get(key);
    if (!name) {
      // Other operations read these sizes too, so they must not wait for this operation's context.
      name = this.within({}, () => this.#withBatch(sizes.slice(1).map(Number)));
      this.#sizes.set(key, name);
    }
    return name;
  }

  /** An input (a TensorFlow placeholder). */
  input(sizes: Sizes, dtype: number = DataType.float): string {
    return this.node('Placeholder', [], { dtype: { type: dtype }, shape: { shape: sizes } });
  }

  /** Announces a float32 array whose first size is the number of images. The first one announced is asked for it. */
  hasBatch(name: string): void {
    this.#batch ??= name;
  }

  /** A variable of the session. It has no value before `assign` has written one. */
  variable(sizes: readonly number[], type: NumberType = 'float32'): string {
    const name = `variable_${this.#nodes.length}`;
    const attributes = { dtype: { type: dataType(type) }, shape: { shape: sizes }, shared_name: { s: name } };
    this.#nodes.push({ name, op: 'VarHandleOp', inputs: [], attributes });
    return name;
  }

  /**
   * A copy in memory of its own. If a variable shared its memory with a tensor outside of the session, TensorFlow would
   * copy the variable at its next update, during a step, when memory use is highest.
   */
  copy(name: string): string {
    return this.node('DeepCopy', [name], { T: { type: DataType.float } });
  }

  read(variable: string, type: NumberType = 'float32'): string {
    return this.node('ReadVariableOp', [variable], { dtype: { type: dataType(type) } });
  }

  /** Assigns a value to a variable. Returns a node without an output, which others can wait for. */
  assign(variable: string, value: string, type: NumberType = 'float32'): string {
    return this.node('AssignVariableOp', [variable, value], { dtype: { type: dataType(type) } });
  }

  /** A constant that waits for some nodes: to fetch it is to run them all. */
  done(operations: readonly string[]): string {
    const attributes = constantAttributes(numbersValue([0], [], 'float32'));
    // A constant that waits must not be shared.
    return this.node(
      'Const',
      operations.map((name) => `^${name}`),
      attributes,
    );
  }

  #waits(): string[] {
    const { after = [], done = [] } = this.#context;
    return [...after.map((value) => this.#anchor(value)), ...done].map((name) => `^${name.split(':')[0]}`);
  }

  /**
   * An Identity node of a value, to wait for instead of the value. TensorFlow doesn't fuse a node that others wait for,
   * but it does fuse a node that an Identity reads.
   */
  #anchor({ name, type }: NamedValue): string {
    let anchor = this.#anchors.get(name);
    if (!anchor) {
      anchor = this.within({ type }, () => this.node('Identity', [name], FLOAT));
      this.#anchors.set(name, anchor);
    }
    return anchor;
  }

  #constant(value: TensorValue): string {
    const key = `${value.dtype}|${value.sizes}|${value.values}`;
    let name = this.#constants.get(key);
    if (!name) {
      name = this.node('Const', [], constantAttributes(value));
      this.#constants.set(key, name);
    }
    return name;
  }

  #withBatch(inner: readonly number[]): string {
    const axis = this.#constant({ dtype: DataType.int32, sizes: [], values: Int32Array.of(0) });
    return this.node('ConcatV2', [this.#batchOf(), this.ints(inner), axis], {
      N: { i: 2 },
      T: { type: DataType.int32 },
      Tidx: { type: DataType.int32 },
    });
  }

  /** The number of images, as a vector of length 1. */
  #batchOf(): string {
    if (!this.#batch) throw new Error('graph: expected an input with a batch before sizes that ask for it.');
    const shape = this.node('Shape', [this.#batch], {
      T: { type: DataType.float },
      out_type: { type: DataType.int32 },
    });
    return this.node('Slice', [shape, this.ints([0]), this.ints([1])], {
      T: { type: DataType.int32 },
      Index: { type: DataType.int32 },
    });
  }
}

function withOwnType(
  attributes: Readonly<Record<string, GraphAttribute>>,
  own: number,
): Readonly<Record<string, GraphAttribute>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key,
      'type' in value && value.type === 'own' ? { type: own } : value,
    ]),
  );
}
