import * as tf from '@tensorflow/tfjs-core';
import { FOLLOWS, type OperationKind, operation, type Program, type Value } from '../ir';
import { DataType, FLOAT, type NodeWriter } from '../node-writer';

/**
 * The gradient of an activation's input, computed from the gradient of the result and the result itself. The input
 * needn't be kept.
 *
 * TensorFlow has one kernel for the gradient of ReLU; TensorFlow.js makes eight passes over the array.
 */
const activationGradientKind: OperationKind<{ readonly activation: Activation }> = {
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
    // These two kernels take the result first.
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

const activationGradient = operation(activationGradientKind);

/** The activations that an operation can apply to its own result. Their gradients need only the activated result. */
export type Activation = 'relu' | 'relu6' | 'sigmoid' | 'tanh' | 'softmax';

const KERNELS = {
  relu: 'Relu',
  relu6: 'Relu6',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  softmax: 'Softmax',
} as const satisfies Record<Activation, string>;

const ACTIVATIONS: Readonly<Record<Activation, (x: tf.Tensor) => tf.Tensor>> = {
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  softmax: (x) => tf.softmax(x),
};

export function isActivation(name: unknown): name is Activation {
  return Object.hasOwn(KERNELS, String(name));
}

export function activate(x: tf.Tensor, activation: Activation | undefined): tf.Tensor {
  return activation ? ACTIVATIONS[activation](x) : x;
}

export function writeActivation<T>(writer: NodeWriter<T>, x: T, activation: Activation | undefined): T {
  return activation ? writer.node(KERNELS[activation], [x], FLOAT) : x;
}

/** The gradient of an activation's input, from the gradient of the result. */
export function beforeActivation(
  program: Program,
  dy: Value,
  result: Value,
  activation: Activation | undefined,
): Value {
  return activation ? activationGradient(program, [dy, result], { activation }) : dy;
}

const activationKind: OperationKind<{ readonly activation: Activation }> = {
  name: 'Activation',
  sizes: ([x]) => [x.sizes],
  bfloat16: FOLLOWS,
  run: ([x], { activation }) => [activate(x, activation)],
  write: (writer, [x], { activation }) => [writeActivation(writer, x, activation)],
  gradient: (program, { outputs, attributes: { activation } }, [dy]) => [
    beforeActivation(program, dy!, outputs[0], activation),
  ],
};

/** An activation as an operation of its own, if no operation before it could apply it. */
export const activationOf = operation(activationKind);
