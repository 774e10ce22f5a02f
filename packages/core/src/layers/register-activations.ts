import * as tf from '@tensorflow/tfjs-core';
import type { Maths } from '../program/maths';
import { type Formula, thawActivations } from './activation-formulas';

/** TensorFlow.js' functions, one by one, as a bundle would hold all that TensorFlow.js has if `tf` itself were passed on. */
export const tensorMaths: Maths<tf.Tensor> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  maximum: tf.maximum,
  minimum: tf.minimum,
  abs: tf.abs,
  square: tf.square,
  sqrt: tf.sqrt,
  rsqrt: tf.rsqrt,
  exp: tf.exp,
  expm1: tf.expm1,
  log: tf.log,
  relu: tf.relu,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
  softplus: tf.softplus,
  erf: tf.erf,
  sum: tf.sum,
  mean: tf.mean,
};

/** An activation as tfjs-layers finds it by its name. */
function activationClass(name: string, formula: Formula) {
  return class extends tf.serialization.Serializable {
    static readonly className = name;

    override getConfig(): tf.serialization.ConfigDict {
      return {};
    }

    apply(x: tf.Tensor): tf.Tensor {
      return tf.tidy(() => formula(tensorMaths, x));
    }
  };
}

const CLASSES = Object.entries(thawActivations).map(([name, formula]) => activationClass(name, formula));

/** Registers the activations that tfjs-layers lacks with tfjs-layers. */
export function registerActivations(): void {
  for (const activation of CLASSES) tf.serialization.registerClass(activation);
}
