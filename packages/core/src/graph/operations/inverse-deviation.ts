import * as tf from '@tensorflow/tfjs-core';
import { FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';

/** `1 / √(variance + ε)`. It has no gradient: moving variances never learn. */
const kind: OperationKind<{ readonly epsilon: number }> = {
  name: 'InverseDeviation',
  sizes: ([variance]) => [variance.sizes],
  run: ([variance], { epsilon }) => [tf.tidy(() => tf.rsqrt(tf.add(variance, epsilon)))],
  write(writer, [variance], { epsilon }) {
    const raised = writer.node('AddV2', [variance, writer.floats([epsilon], [])], FLOAT);
    return [writer.node('Rsqrt', [raised], FLOAT)];
  },
};

export const inverseDeviation = operation(kind);
