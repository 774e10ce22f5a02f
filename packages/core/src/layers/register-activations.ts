import * as tf from '@tensorflow/tfjs-core';
import type { Maths } from '../program/maths';
import { type Formula, thawActivations } from './activation-formulas';

/** TensorFlow.js' functions, with the types of a formula. */
export const tensorMaths = tf as unknown as Maths<tf.Tensor>;

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

/** Tells tfjs-layers of the activations that it lacks. */
export function registerActivations(): void {
  for (const activation of CLASSES) tf.serialization.registerClass(activation);
}
