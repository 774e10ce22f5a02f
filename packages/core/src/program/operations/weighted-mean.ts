import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../ir';
import { DataType, FLOAT } from '../node-writer';

/** The loss of a batch: the mean over images of loss times weight. */
const weightedMeanKind: OperationKind<object> = {
  name: 'WeightedMean',
  sizes: () => [[]],
  run: ([losses, weights]) => [tf.tidy(() => tf.mean(tf.mul(losses, weights)))],
  write: (writer, inputs) => [
    writer.node('Mean', [writer.node('Mul', inputs, FLOAT), writer.ints([0])], {
      ...FLOAT,
      Tidx: { type: DataType.int32 },
      keep_dims: { b: false },
    }),
  ],
  gradient: (program, { inputs: [, weights] }, [dy]) => [shares(program, [dy!, weights], {}), undefined],
};

export const weightedMean = operation(weightedMeanKind);

/** The gradient of a weighted mean: `dy · weight / count`, per image. */
const sharesKind: OperationKind<object> = {
  name: 'Shares',
  sizes: ([, weights]) => [weights.sizes],
  run: ([dy, weights]) => [tf.tidy(() => tf.mul(dy, tf.div(weights, weights.size)))],
  write(writer, [dy, weights]) {
    const size = writer.node('Size', [weights], { ...FLOAT, out_type: { type: DataType.int32 } });
    const count = writer.node('Cast', [size], {
      SrcT: { type: DataType.int32 },
      DstT: { type: DataType.float },
    });
    return [writer.node('Mul', [dy, writer.node('RealDiv', [weights, count], FLOAT)], FLOAT)];
  },
};

const shares = operation(sharesKind);
