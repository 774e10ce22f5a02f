import { NotAProgramError } from '../../program/ir';
import { DataType, type NodeAttributes } from '../../program/node-writer';
import { type OnnxGraph, type OnnxValue, permuted } from './onnx-graph';
import type { OnnxAttribute } from './onnx-messages';

/** Adds ONNX nodes that compute what a TensorFlow kernel does. */
export type OnnxKernel = (
  graph: OnnxGraph,
  inputs: readonly OnnxValue[],
  attributes: NodeAttributes,
) => OnnxValue;

/** The position of each axis of a map [n, height, width, channels] in [n, channels, height, width]. */
const PLACES = [0, 2, 3, 1];

/** The largest end of a slice: up to the end of the axis. */
const END = 2 ** 31 - 1;

/** A function of each number of an array. */
function unary(write: (graph: OnnxGraph, x: string) => string): OnnxKernel {
  return (graph, [x]) => ({ ...x, name: write(graph, stored(graph, x)) });
}

/** A function of the numbers at the same position in several arrays, with broadcasting. */
function elementwise(write: (graph: OnnxGraph, names: readonly string[]) => string): OnnxKernel {
  return (graph, inputs) => {
    const rank = Math.max(...inputs.map((value) => value.rank));
    const canTurn = inputs.every((value) => value.rank === 4 || value.constant);
    const channelsFirst = rank === 4 && canTurn && inputs.some((value) => value.channelsFirst);
    const names = inputs.map((value) => (channelsFirst ? graph.first(value) : graph.last(value)));
    return { name: write(graph, names), rank, channelsFirst };
  };
}

const one =
  (op: string): OnnxKernel =>
  (...given) =>
    unary((graph, x) => graph.add(op, [x]))(...given);

const each =
  (op: string): OnnxKernel =>
  (...given) =>
    elementwise((graph, names) => graph.add(op, names))(...given);

const scalar = (graph: OnnxGraph, value: number) => graph.floats([], Float32Array.of(value));

/** The name of a value in the order of axes in which it was computed. */
function stored(graph: OnnxGraph, value: OnnxValue): string {
  return value.channelsFirst ? graph.first(value) : graph.last(value);
}

/** A convolution with the kernel that `filterOf` makes from TensorFlow's kernel. */
function convolution(
  filterOf: (sizes: readonly number[], values: Float32Array) => readonly [number[], Float32Array],
  groups: (sizes: readonly number[]) => number,
): OnnxKernel {
  return (graph, [x, filter], attributes) => {
    const { sizes, values } = filter.constant!;
    const inputs = [graph.first(x), graph.floats(...filterOf(sizes, values))];
    const name = graph.add('Conv', inputs, {
      kernel_shape: sizes.slice(0, 2),
      group: groups(sizes),
      ...windowAttributes(attributes),
    });
    return { name, rank: 4, channelsFirst: true };
  };
}

function pooling(op: string): OnnxKernel {
  return (graph, [x], attributes) => {
    const kernel_shape = intsOf(attributes, 'ksize').slice(1, 3);
    const name = graph.add(op, [graph.first(x)], { kernel_shape, ...windowAttributes(attributes) });
    return { name, rank: 4, channelsFirst: true };
  };
}

function windowAttributes(attributes: NodeAttributes): Readonly<Record<string, OnnxAttribute>> {
  const strides = intsOf(attributes, 'strides').slice(1, 3);
  const { padding } = attributes as { padding: { s: string } };
  if (padding.s === 'SAME') return { strides, auto_pad: 'SAME_UPPER' };
  if (padding.s === 'VALID') return { strides };
  const [, , top, bottom, left, right] = intsOf(attributes, 'explicit_paddings');
  return { strides, pads: [top, left, bottom, right] };
}

function intsOf(attributes: NodeAttributes, name: string): readonly number[] {
  return (attributes[name] as { ints: readonly number[] }).ints;
}

/** A reduction over axes. ONNX 17 takes the axes of a sum as an input, those of others as an attribute. */
function reduction(op: string): OnnxKernel {
  return (graph, [x, { ints: axes = [] }], attributes) => {
    const keep = (attributes.keep_dims as { b: boolean }).b;
    const left = [0, 1, 2, 3].filter((axis) => !axes.includes(axis)).map((axis) => PLACES[axis]);
    const inOrder = keep || left.every((place, i) => i === 0 || place > left[i - 1]);
    const channelsFirst = x.channelsFirst && inOrder;
    const places = channelsFirst ? axes.map((axis) => PLACES[axis]) : axes;
    const inputs = [channelsFirst ? graph.first(x) : graph.last(x)];
    const keepdims = Number(keep);
    const name =
      op === 'ReduceSum'
        ? graph.add(op, [...inputs, graph.ints(places)], { keepdims })
        : graph.add(op, inputs, { axes: places, keepdims });
    return { name, rank: keep ? x.rank : x.rank - axes.length, channelsFirst: channelsFirst && keep };
  };
}

/** Part of an array, or an array with reversed axes. */
function sliced(
  graph: OnnxGraph,
  x: OnnxValue,
  parts: readonly (readonly [from: number, to: number, step: number])[],
) {
  const axes = parts.map((_, axis) => (x.channelsFirst ? PLACES[axis] : axis));
  const vectors = [0, 1].map((i) => graph.ints(parts.map((part) => part[i])));
  const steps = graph.ints(parts.map((part) => part[2]));
  return { ...x, name: graph.add('Slice', [stored(graph, x), ...vectors, graph.ints(axes), steps]) };
}

/** Reorders items per axis from TensorFlow's order to the order in which a value was computed. */
function perAxis<Item>(x: OnnxValue, items: readonly Item[]): readonly Item[] {
  return x.channelsFirst ? [0, 3, 1, 2].map((axis) => items[axis]) : items;
}

/**
 * The ONNX equivalents of TensorFlow's kernels, by kernel name. The operations of a program write these kernels, so an
 * operation of known kernels needs no entry of its own here.
 */
export const onnxKernels: Readonly<Record<string, OnnxKernel>> = {
  Abs: one('Abs'),
  Erf: one('Erf'),
  Exp: one('Exp'),
  Identity: one('Identity'),
  Log: one('Log'),
  Neg: one('Neg'),
  Relu: one('Relu'),
  Sigmoid: one('Sigmoid'),
  Sign: one('Sign'),
  Softplus: one('Softplus'),
  Sqrt: one('Sqrt'),
  Tanh: one('Tanh'),
  Expm1: unary((graph, x) => graph.add('Sub', [graph.add('Exp', [x]), scalar(graph, 1)])),
  Log1p: unary((graph, x) => graph.add('Log', [graph.add('Add', [x, scalar(graph, 1)])])),
  Relu6: unary((graph, x) => graph.add('Clip', [x, scalar(graph, 0), scalar(graph, 6)])),
  Rsqrt: unary((graph, x) => graph.add('Reciprocal', [graph.add('Sqrt', [x])])),
  Square: unary((graph, x) => graph.add('Mul', [x, x])),
  Softmax: (graph, [x]) => ({
    ...x,
    name: graph.add('Softmax', [stored(graph, x)], { axis: x.channelsFirst ? 1 : -1 }),
  }),
  Cast: (graph, [x], attributes) => {
    const { type } = attributes.DstT as { type: number };
    if (type !== DataType.float) throw new NotAProgramError('a cast to another type than float32');
    return { ...x, name: graph.add('Cast', [stored(graph, x)], { to: 1 }) };
  },

  AddV2: each('Add'),
  Equal: each('Equal'),
  Greater: each('Greater'),
  GreaterEqual: each('GreaterOrEqual'),
  Less: each('Less'),
  LessEqual: each('LessOrEqual'),
  Maximum: each('Max'),
  Minimum: each('Min'),
  Mul: each('Mul'),
  Pow: each('Pow'),
  RealDiv: each('Div'),
  SelectV2: each('Where'),
  Sub: each('Sub'),
  AddN: elementwise((graph, [first, ...others]) =>
    others.reduce((sum, other) => graph.add('Add', [sum, other]), first),
  ),
  NotEqual: elementwise((graph, names) => graph.add('Not', [graph.add('Equal', names)])),
  ClipByValue: (graph, [x, low, high]) => ({
    ...x,
    name: graph.add('Clip', [stored(graph, x), graph.last(low), graph.last(high)]),
  }),
  BiasAdd(graph, [x, bias], attributes) {
    // The previous node is the convolution that computed this value, if the value is its output.
    if (bias.constant && x.name === graph.nodes.at(-1)?.output && graph.nodes.at(-1)?.op === 'Conv') {
      graph.extendLast(graph.last(bias));
      return x;
    }
    return each('Add')(graph, [x, bias], attributes);
  },

  Conv2D: convolution(
    (sizes, values) => permuted(sizes, values, [3, 2, 0, 1]),
    () => 1,
  ),
  DepthwiseConv2dNative: convolution(
    ([height, width, channels, multiplier], values) =>
      permuted([height, width, channels * multiplier, 1], values, [2, 3, 0, 1]),
    ([, , channels]) => channels,
  ),
  MatMul: (graph, [a, b], attributes) => {
    const { transpose_a, transpose_b } = attributes as Record<string, { b: boolean }>;
    if (transpose_a.b || transpose_b.b) throw new NotAProgramError('a product of transposed matrices');
    return { name: graph.add('MatMul', [graph.last(a), graph.last(b)]), rank: a.rank, channelsFirst: false };
  },
  AvgPool: pooling('AveragePool'),
  MaxPool: pooling('MaxPool'),
  Max: reduction('ReduceMax'),
  Mean: reduction('ReduceMean'),
  Sum: reduction('ReduceSum'),

  BroadcastTo: (graph, [x, { ints: sizes = [] }]) => {
    const name = graph.add('Expand', [graph.last(x), graph.ints(sizes)]);
    return { name, rank: sizes.length, channelsFirst: false };
  },
  ConcatV2(graph, inputs) {
    const values = inputs.slice(0, -1);
    const [axis] = inputs.at(-1)!.ints!;
    const { rank } = values[0];
    const channelsFirst = rank === 4 && values.some((value) => value.channelsFirst);
    const names = values.map((value) => (channelsFirst ? graph.first(value) : graph.last(value)));
    const name = graph.add('Concat', names, { axis: channelsFirst ? PLACES[axis] : axis });
    return { name, rank, channelsFirst };
  },
  Pad(graph, [x, rows]) {
    const pairs = rows.ints!.flatMap((zeros, i, all) => (i % 2 === 0 ? [[zeros, all[i + 1]]] : []));
    const sides = perAxis(x, pairs);
    const pads = graph.ints([0, 1].flatMap((side) => sides.map((pair) => pair[side])));
    return { ...x, name: graph.add('Pad', [stored(graph, x), pads]) };
  },
  Reshape(graph, [x, sizes]) {
    if (x.ints) return x; // a scalar or a table of integers, whose readers need the integers alone
    const name = graph.add('Reshape', [graph.last(x), graph.ints(sizes.ints!)]);
    return { name, rank: sizes.ints!.length, channelsFirst: false };
  },
  ResizeBilinear(graph, [x, { ints: size = [] }]) {
    const map = graph.first(x);
    const start = graph.add('Slice', [graph.add('Shape', [map]), graph.ints([0]), graph.ints([2])]);
    const sizes = graph.add('Concat', [start, graph.ints(size)], { axis: 0 });
    const name = graph.add('Resize', [map, '', '', sizes], {
      mode: 'linear',
      coordinate_transformation_mode: 'asymmetric',
    });
    return { name, rank: 4, channelsFirst: true };
  },
  ReverseV2: (graph, [x, { ints: axes = [] }]) =>
    sliced(
      graph,
      x,
      Array.from({ length: x.rank }, (_, axis) => (axes.includes(axis) ? [-1, -END, -1] : [0, END, 1])),
    ),
  Size: (graph, [x]) => ({ name: graph.add('Size', [stored(graph, x)]), rank: 0, channelsFirst: false }),
  Slice: (graph, [x, { ints: begin = [] }, { ints: sizes = [] }]) =>
    sliced(
      graph,
      x,
      begin.map((from, axis) => [from, sizes[axis] < 0 ? END : from + sizes[axis], 1]),
    ),
  Tile: (graph, [x, { ints: times = [] }]) => ({
    ...x,
    name: graph.add('Tile', [stored(graph, x), graph.ints(perAxis(x, times))]),
  }),
  Transpose: (graph, [x, { ints: perm = [] }]) => ({
    name: graph.add('Transpose', [graph.last(x)], { perm }),
    rank: x.rank,
    channelsFirst: false,
  }),
};
