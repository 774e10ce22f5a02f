import type { OnnxAttribute, OnnxConstant, OnnxNode } from './onnx-messages';

/** An array in an ONNX graph, or a constant that isn't in the graph yet. */
export interface OnnxValue {
  /** The name in the graph, with the axes in the order that `channelsFirst` says; undefined for a constant. */
  readonly name?: string;
  /** The number of axes. */
  readonly rank: number;
  /** Whether a map has the axes [n, channels, height, width], as ONNX' convolutions need it. */
  readonly channelsFirst: boolean;
  readonly constant?: { readonly sizes: readonly number[]; readonly values: Float32Array };
  /** A constant vector of integers, such as sizes or axes. */
  readonly ints?: readonly number[];
}

/** The axes of a map [n, height, width, channels] in the order [n, channels, height, width]. */
const CHANNELS_FIRST = [0, 3, 1, 2];
const CHANNELS_LAST = [0, 2, 3, 1];

/**
 * Collects the nodes and constants of an ONNX graph.
 *
 * TensorFlow's maps have the channels last; ONNX' convolutions and poolings need them first. A value is kept in the
 * order in which it was computed, and is transposed if a reader needs the other order.
 */
export class OnnxGraph {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxConstant[] = [];
  readonly #shared = new Map<string, string>();
  readonly #transposed = new Map<string, string>();

  /** Adds a node with one output, and returns the output's name. */
  add(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    const output = `${op}_${this.nodes.length}`;
    this.nodes.push({ op, inputs, output, attributes });
    return output;
  }

  /** Appends an input to the last node. */
  extendLast(input: string): void {
    const last = this.nodes.pop()!;
    this.nodes.push({ ...last, inputs: [...last.inputs, input] });
  }

  /** A constant of floating-point numbers. */
  floats(sizes: readonly number[], values: Float32Array): string {
    return this.#constant(sizes, values);
  }

  /** A constant vector of integers. */
  ints(values: readonly number[]): string {
    return this.#constant([values.length], BigInt64Array.from(values, BigInt));
  }

  /** The name of a value with the axes in TensorFlow's order: a map has its channels last. */
  last(value: OnnxValue): string {
    if (value.constant) return this.floats(value.constant.sizes, value.constant.values);
    const { name = '', channelsFirst } = value;
    return channelsFirst ? this.#turned(name, CHANNELS_LAST) : name;
  }

  /** The name of a map with the channels first. A constant of fewer axes gets axes of size 1. */
  first(value: OnnxValue): string {
    if (value.constant) {
      const { sizes, values } = value.constant;
      const map = [...new Array(4 - sizes.length).fill(1), ...sizes];
      return this.floats(...permuted(map, values, CHANNELS_FIRST));
    }
    const { name = '', channelsFirst } = value;
    return channelsFirst ? name : this.#turned(name, CHANNELS_FIRST);
  }

  #turned(name: string, perm: readonly number[]): string {
    let turned = this.#transposed.get(name);
    if (turned === undefined) {
      turned = this.add('Transpose', [name], { perm });
      this.#transposed.set(name, turned);
      this.#transposed.set(turned, name);
    }
    return turned;
  }

  #constant(sizes: readonly number[], values: Float32Array | BigInt64Array): string {
    const key = values.length <= 16 ? `${sizes}|${values.constructor.name}|${values}` : undefined;
    const shared = key && this.#shared.get(key);
    if (shared) return shared;
    const name = `constant_${this.constants.length}`;
    this.constants.push({ name, sizes, values });
    if (key) this.#shared.set(key, name);
    return name;
  }
}

/** An array with its axes in another order: axis i of the result is axis `order[i]` of the array. */
export function permuted(
  sizes: readonly number[],
  values: Float32Array,
  order: readonly number[],
): [sizes: number[], values: Float32Array] {
  const strides = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((product, size) => product * size, 1));
  const result = new Float32Array(values.length);
  const outer = order.map((axis) => sizes[axis]);
  const steps = order.map((axis) => strides[axis]);
  const place = outer.map(() => 0);
  let from = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = values[from];
    for (let axis = place.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++place[axis] < outer[axis]) break;
      from -= steps[axis] * outer[axis];
      place[axis] = 0;
    }
  }
  return [outer, result];
}
