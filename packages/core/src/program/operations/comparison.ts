import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation, type Program, type Value } from '../ir';
import { DataType, FLOAT } from '../node-writer';
import { broadcastSizes, summedTo } from './broadcasting';
import { binary, scalar } from './elementwise';

const FROM_BOOL = { SrcT: { type: DataType.bool }, DstT: { type: DataType.float } } as const;

/** A comparison of two arrays, pair by pair: 1 for pairs that satisfy it, else 0. It has no gradient. */
function comparison(op: string, run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) {
  const kind: OperationKind<object> = {
    name: op,
    sizes: (inputs) => [broadcastSizes(op, inputs)],
    run: ([a, b]) => [tf.tidy(() => tf.cast(run(a, b), 'float32'))],
    write: (writer, inputs) => [writer.node('Cast', [writer.node(op, inputs, FLOAT)], FROM_BOOL)],
  };
  return operation(kind);
}

export const greater = comparison('Greater', (a, b) => tf.greater(a, b));
export const greaterEqual = comparison('GreaterEqual', (a, b) => tf.greaterEqual(a, b));
export const less = comparison('Less', (a, b) => tf.less(a, b));
export const lessEqual = comparison('LessEqual', (a, b) => tf.lessEqual(a, b));
export const equal = comparison('Equal', (a, b) => tf.equal(a, b));
export const notEqual = comparison('NotEqual', (a, b) => tf.notEqual(a, b));

/** Inputs: a condition and two arrays. Element by element, the first array's number if the condition isn't 0, else the second's. */
const selectKind: OperationKind<object> = {
  name: 'Select',
  sizes: (inputs) => [broadcastSizes('Select', inputs)],
  run: ([condition, a, b]) => [tf.tidy(() => tf.where(tf.notEqual(condition, 0), a, b))],
  write: (writer, [condition, a, b]) => [
    writer.node(
      'SelectV2',
      [writer.node('NotEqual', [condition, writer.floats([0], [])], FLOAT), a, b],
      FLOAT,
    ),
  ],
  gradient: (program, { inputs: [condition, a, b] }, [dy], [, ofA, ofB]) => {
    const zero = scalar(program, 0);
    const part = (value: Value, numbers: readonly [Value, Value]) =>
      summedTo(program, select(program, [condition, ...numbers], {}), value.sizes);
    return [undefined, ofA ? part(a, [dy!, zero]) : undefined, ofB ? part(b, [zero, dy!]) : undefined];
  },
};

export const select = operation(selectKind);

/** The gradient of a maximum or minimum of two numbers: it goes to the number that was taken, and to the first of equal ones. */
function partOf(comparison: typeof greater, index: 0 | 1) {
  return (program: Program, { dy, a, b }: { readonly dy: Value; readonly a: Value; readonly b: Value }) => {
    const zero = scalar(program, 0);
    const isFirst = comparison(program, [a, b], {});
    return select(program, [isFirst, ...(index === 0 ? [dy, zero] : [zero, dy])], {});
  };
}

export const maximum = binary({
  name: 'Maximum',
  op: 'Maximum',
  run: (a, b) => tf.maximum(a, b),
  gradients: [partOf(greaterEqual, 0), partOf(greaterEqual, 1)],
});

export const minimum = binary({
  name: 'Minimum',
  op: 'Minimum',
  run: (a, b) => tf.minimum(a, b),
  gradients: [partOf(lessEqual, 0), partOf(lessEqual, 1)],
});

interface ClipAttributes {
  readonly min: number;
  readonly max: number;
}

/** Numbers outside the bounds are replaced by the nearest bound. The gradient is 0 outside the bounds, and 1 on them. */
const clipKind: OperationKind<ClipAttributes> = {
  name: 'Clip',
  sizes: ([x]) => [x.sizes],
  run: ([x], { min, max }) => [tf.clipByValue(x, min, max)],
  write: (writer, [x], { min, max }) => [
    writer.node('ClipByValue', [x, writer.floats([min], []), writer.floats([max], [])], FLOAT),
  ],
  gradient: (program, { inputs: [x], outputs: [y] }, [dy]) => [
    select(program, [equal(program, [x, y], {}), dy!, scalar(program, 0)], {}),
  ],
};

export const clip = operation(clipKind);
