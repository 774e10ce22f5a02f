import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation, type Program, type Value } from '../ir';
import { DataType, FLOAT, type NodeWriter } from '../node-writer';
import { divide, multiply, negate } from './arithmetic';
import { type Reduction, reducedSizes, sum, withReducedAxes, writeReduction } from './broadcasting';
import { equal } from './comparison';
import { scalar } from './elementwise';

/** The mean over some axes. */
export function mean(program: Program, [x]: readonly Value[], reduction: Reduction): Value {
  const total = sum(program, [x], reduction);
  const counts = reduction.axes.map((axis) => x.sizes[axis]);
  const count = counts.includes(null)
    ? sizeRatio(program, [x, total], {})
    : scalar(
        program,
        counts.reduce<number>((product, size) => product * Number(size), 1),
      );
  return divide(program, [total, count], {});
}

/** The number of elements of the first array divided by that of the second. */
const sizeRatioKind: OperationKind<object> = {
  name: 'SizeRatio',
  sizes: () => [[]],
  run: ([a, b]) => [tf.scalar(a.size / b.size)],
  write: (writer, [a, b]) => [writer.node('RealDiv', [writeSize(writer, a), writeSize(writer, b)], FLOAT)],
};

const sizeRatio = operation(sizeRatioKind);

function writeSize<T>(writer: NodeWriter<T>, x: T): T {
  const size = writer.node('Size', [x], { ...FLOAT, out_type: { type: DataType.int32 } });
  return writer.node('Cast', [size], { SrcT: { type: DataType.int32 }, DstT: { type: DataType.float } });
}

/** The largest number over some axes. Several equal largest numbers share the gradient equally. */
const maxKind: OperationKind<Reduction> = {
  name: 'Max',
  sizes: ([x], reduction) => [reducedSizes(x.sizes, reduction)],
  run: ([x], { axes, keepDims }) => [tf.max(x, [...axes], keepDims)],
  write: (writer, [x], reduction) => [writeReduction(writer, 'Max', x, reduction)],
  gradient(program, { inputs: [x], outputs: [y], attributes }, [dy]) {
    const kept = (value: Value) => withReducedAxes(program, value, x, attributes);
    const largest = equal(program, [x, kept(y)], {});
    const count = sum(program, [largest], { ...attributes, keepDims: true });
    return [multiply(program, [largest, divide(program, [kept(dy!), count], {})], {})];
  },
};

export const max = operation(maxKind);

/** The smallest number over some axes. */
export function min(program: Program, [x]: readonly Value[], reduction: Reduction): Value {
  return negate(program, [max(program, [negate(program, [x], {})], reduction)], {});
}
