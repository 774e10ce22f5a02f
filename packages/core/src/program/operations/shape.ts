import * as tf from '@tensorflow/tfjs-core';
import {
  FOLLOWS,
  type OperationKind,
  operation,
  type Program,
  type Sizes,
  type Value,
  withBatch,
} from '../ir';
import { DataType, FLOAT, type NodeWriter } from '../node-writer';

/** The same numbers in other sizes. The number of images follows from the other sizes. */
const reshapeKind: OperationKind<{ readonly sizes: Sizes }> = {
  name: 'Reshape',
  sizes: (_, { sizes }) => [sizes],
  bfloat16: FOLLOWS,
  run: ([x], { sizes }) => [tf.reshape(x, leftOver(sizes))],
  write: (writer, [x], { sizes }) => [writeReshape(writer, x, leftOver(sizes))],
  gradient: (program, { inputs: [x] }, [dy]) => [reshape(program, [dy!], { sizes: x.sizes })],
};

export const reshape = operation(reshapeKind);

/** Writes a reshape. One size may be −1: it follows from the others. */
export function writeReshape<T>(writer: NodeWriter<T>, x: T, sizes: readonly number[]): T {
  return writer.node('Reshape', [x, writer.ints(sizes)], { ...FLOAT, Tshape: { type: DataType.int32 } });
}

function leftOver(sizes: Sizes): number[] {
  return sizes.map((size) => size ?? -1);
}

/** Sizes as text for error messages. */
export function describeSizes(sizes: Sizes): string {
  return `[${sizes.map((size) => size ?? 'batch').join(', ')}]`;
}

interface SliceAttributes {
  readonly begin: readonly number[];
  readonly sizes: Sizes;
}

/** A part of an array, for all images of the batch. */
const sliceKind: OperationKind<SliceAttributes> = {
  name: 'Slice',
  sizes: (_, { sizes }) => [sizes],
  run: ([x], { begin, sizes }) => [tf.slice(x, [...begin], withBatch(sizes, x.shape[0]))],
  write: (writer, [x], { begin, sizes }) => [
    writer.node('Slice', [x, writer.ints(begin), writer.ints(sizes.map((size) => size ?? -1))], {
      ...FLOAT,
      Index: { type: DataType.int32 },
    }),
  ],
  gradient: (program, { inputs: [x], attributes: { begin, sizes } }, [dy]) => {
    const after = (axis: number) => Number(x.sizes[axis]) - begin[axis] - Number(sizes[axis]);
    const zeros = sizes.map((size, axis) => (size === null ? NONE : ([begin[axis], after(axis)] as const)));
    return [pad(program, [dy!], { zeros })];
  },
};

export const slice = operation(sliceKind);

const NONE = [0, 0] as const;

/** An array with its axes in another order: axis i of the result is axis `order[i]` of the input. */
const transposeKind: OperationKind<{ readonly order: readonly number[] }> = {
  name: 'Transpose',
  sizes: ([x], { order }) => [order.map((axis) => x.sizes[axis])],
  bfloat16: FOLLOWS,
  run: ([x], { order }) => [tf.transpose(x, [...order])],
  write: (writer, [x], { order }) => [
    writer.node('Transpose', [x, writer.ints(order)], { ...FLOAT, Tperm: { type: DataType.int32 } }),
  ],
  gradient: (program, { attributes: { order } }, [dy]) => [
    transpose(program, [dy!], { order: order.map((_, axis) => order.indexOf(axis)) }),
  ],
};

export const transpose = operation(transposeKind);

/** Arrays concatenated along an axis other than the batch's. */
const concatenateKind: OperationKind<{ readonly axis: number }> = {
  name: 'Concatenate',
  sizes: (inputs, { axis }) => [
    inputs[0].sizes.map((size, i) =>
      i === axis ? inputs.reduce((sum, { sizes }) => sum + Number(sizes[axis]), 0) : size,
    ),
  ],
  bfloat16: FOLLOWS,
  run: (inputs, { axis }) => [tf.concat([...inputs], axis)],
  write: (writer, inputs, { axis }) => [
    writer.node(
      'ConcatV2',
      [...inputs, writer.node('Reshape', [writer.ints([axis]), writer.ints([])], INTS)],
      {
        ...FLOAT,
        N: { i: inputs.length },
        Tidx: { type: DataType.int32 },
      },
    ),
  ],
  gradient(program, { inputs, attributes: { axis } }, [dy], wanted) {
    let start = 0;
    return inputs.map(({ sizes }, i) => {
      const begin = sizes.map((_, along) => (along === axis ? start : 0));
      start += Number(sizes[axis]);
      return wanted[i] ? slice(program, [dy!], { begin, sizes }) : undefined;
    });
  },
};

/** Equal parts of an array along its last axis. */
const splitKind: OperationKind<{ readonly parts: number }> = {
  name: 'Split',
  sizes: ([{ sizes }], { parts }) =>
    Array.from({ length: parts }, () => [...sizes.slice(0, -1), Number(sizes.at(-1)) / parts]),
  bfloat16: FOLLOWS,
  run: ([x], { parts }) => tf.split(x, parts, x.rank - 1),
  write: (writer, [x], _, { outputs }) =>
    outputs.map(({ sizes }, i) => {
      const begin = sizes.map((size, axis) => (axis === sizes.length - 1 ? i * Number(size) : 0));
      return sliceKind.write!(writer, [x], { begin, sizes }, undefined as never)[0];
    }),
  // All parts are read by what is computed from them.
  gradient: (program, { inputs: [x] }, parts) => [
    concatenate(program, parts as readonly Value[], { axis: x.sizes.length - 1 }),
  ],
};

/** Equal parts of an array along its last axis. A program must use each of them. */
export function split(program: Program, x: Value, parts: number): readonly Value[] {
  return program.add(splitKind, [x], { parts });
}

const INTS = { T: { type: DataType.int32 }, Tshape: { type: DataType.int32 } } as const;

export const concatenate = operation(concatenateKind);

interface PadAttributes {
  /** The number of zeros before and after the array, per axis. */
  readonly zeros: readonly (readonly [before: number, after: number])[];
}

/** An array with zeros around it. */
const padKind: OperationKind<PadAttributes> = {
  name: 'Pad',
  sizes: ([{ sizes }], { zeros }) => [
    sizes.map((size, axis) => size && size + zeros[axis][0] + zeros[axis][1]),
  ],
  bfloat16: FOLLOWS,
  run: ([x], { zeros }) => [
    tf.pad(
      x,
      zeros.map(([before, after]) => [before, after]),
    ),
  ],
  write: (writer, [x], { zeros }) => [writePad(writer, x, zeros)],
  gradient: (program, { inputs: [x], attributes: { zeros } }, [dy]) => [
    slice(program, [dy!], { begin: zeros.map(([before]) => before), sizes: x.sizes }),
  ],
};

export const pad = operation(padKind);

export function writePad<T>(writer: NodeWriter<T>, x: T, zeros: PadAttributes['zeros']): T {
  const rows = writer.node('Reshape', [writer.ints(zeros.flat()), writer.ints([zeros.length, 2])], {
    T: { type: DataType.int32 },
    Tshape: { type: DataType.int32 },
  });
  return writer.node('Pad', [x, rows], { ...FLOAT, Tpaddings: { type: DataType.int32 } });
}
