import * as tf from '@tensorflow/tfjs-core';
import { DataType, FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { type Sizes, withBatch } from '../value';

/** The same numbers in other sizes; the batch's stays the first. */
const kind: OperationKind<{ readonly sizes: Sizes }> = {
  name: 'Reshape',
  sizes: (_, { sizes }) => [sizes],
  run: ([x], { sizes }) => [tf.reshape(x, withBatch(sizes, x.shape[0]))],
  write: (writer, [x], { sizes }) => [
    writer.node('Reshape', [x, writer.ints(sizes.map((size) => size ?? -1))], {
      ...FLOAT,
      Tshape: { type: DataType.int32 },
    }),
  ],
  gradient: (program, { inputs: [x] }, [dy]) => [reshape(program, [dy!], { sizes: x.sizes })],
};

export const reshape = operation(kind);
