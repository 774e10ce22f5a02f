import * as tf from '@tensorflow/tfjs-core';
import { DataType, FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import type { Activation } from './activation';

/**
 * The gradient of what an activation was given, from that of its result and the result itself, so that nothing else is kept.
 *
 * TensorFlow.js builds ReLU's from eight passes over the array, where TensorFlow has one kernel.
 */
const kind: OperationKind<{ readonly activation: Activation }> = {
  name: 'ActivationGradient',
  sizes: ([dy]) => [dy.sizes],
  run: ([dy, y], { activation }) => [tf.tidy(() => PORTABLE[activation](dy, y))],
  write(writer, [dy, y], { activation }) {
    if (activation === 'softmax') {
      const products = writer.node('Mul', [dy, y], FLOAT);
      const attributes = { ...FLOAT, Tidx: { type: DataType.int32 }, keep_dims: { b: true } };
      const sums = writer.node('Sum', [products, writer.ints([-1])], attributes);
      return [writer.node('Mul', [writer.node('Sub', [dy, sums], FLOAT), y], FLOAT)];
    }
    // These two take them the other way round.
    if (activation === 'sigmoid') return [writer.node('SigmoidGrad', [y, dy], FLOAT)];
    if (activation === 'tanh') return [writer.node('TanhGrad', [y, dy], FLOAT)];
    return [writer.node(activation === 'relu' ? 'ReluGrad' : 'Relu6Grad', [dy, y], FLOAT)];
  },
};

const PORTABLE: Readonly<Record<Activation, (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor>> = {
  relu: (dy, y) => tf.mul(dy, tf.step(y)),
  relu6: (dy, y) => tf.mul(tf.mul(dy, tf.step(y)), tf.cast(tf.less(y, 6), 'float32')),
  sigmoid: (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y))),
  tanh: (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y))),
  softmax: (dy, y) => tf.mul(tf.sub(dy, tf.sum(tf.mul(dy, y), -1, true)), y),
};

export const activationGradient = operation(kind);
