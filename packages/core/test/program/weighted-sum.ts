import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../../src/program/ir';
import { DataType, FLOAT } from '../../src/program/node-writer';

interface WeightedSumAttributes {
  readonly factors: readonly number[];
  readonly sizes: readonly number[];
}

/** A scalar of an array whose gradient is known: its numbers times fixed factors. */
const kind: OperationKind<WeightedSumAttributes> = {
  name: 'WeightedSum',
  sizes: () => [[]],
  run: ([x], { factors }) => [tf.tidy(() => tf.sum(tf.mul(x, tf.tensor([...factors], x.shape))))],
  write(writer, [x], { factors, sizes }) {
    const products = writer.node('Mul', [x, writer.floats(factors, sizes)], FLOAT);
    return [
      writer.node('Sum', [products, writer.ints(sizes.map((_, axis) => axis))], {
        ...FLOAT,
        Tidx: { type: DataType.int32 },
        keep_dims: { b: false },
      }),
    ];
  },
  gradient: (program, { inputs, attributes }) => [factorsFor(program, inputs, attributes)],
};

export const weightedSum = operation(kind);

/** The factors, in the sizes of what they are for. */
const factorsKind: OperationKind<WeightedSumAttributes> = {
  name: 'Factors',
  sizes: ([x]) => [x.sizes],
  run: ([x], { factors }) => [tf.tensor([...factors], x.shape)],
  write: (writer, _, { factors, sizes }) => [writer.floats(factors, sizes)],
};

const factorsFor = operation(factorsKind);
