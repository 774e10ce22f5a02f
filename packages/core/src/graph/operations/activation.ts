import * as tf from '@tensorflow/tfjs-core';
import { FLOAT, type NodeWriter } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import type { Program } from '../program';
import type { Value } from '../value';
import { activationGradient } from './activation-gradient';

/** What an operation can do to its result before anything else sees it: its gradient needs the result alone. */
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

/** The gradient of what was activated, from the result's. */
export function beforeActivation(
  program: Program,
  dy: Value,
  result: Value,
  activation: Activation | undefined,
): Value {
  return activation ? activationGradient(program, [dy, result], { activation }) : dy;
}

const kind: OperationKind<{ readonly activation: Activation }> = {
  name: 'Activation',
  sizes: ([x]) => [x.sizes],
  run: ([x], { activation }) => [activate(x, activation)],
  write: (writer, [x], { activation }) => [writeActivation(writer, x, activation)],
  gradient: (program, { outputs, attributes: { activation } }, [dy]) => [
    beforeActivation(program, dy!, outputs[0], activation),
  ],
};

/** An activation by itself, where nothing before it could take it in. */
export const activationOf = operation(kind);
