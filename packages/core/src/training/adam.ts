import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer';

/** Options of `adam`; defaults as in Keras. */
export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: number;
  /** Decay of the first moment; default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment; default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adam with Keras' numerics: `w -= α·m / (√v + ε)` with `α = learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ)`.
 *
 * Kingma and Ba, 2015 (arXiv:1412.6980), in the form before section 2.1's last remark, as `keras.optimizers.Adam`.
 * tfjs' own divides both moments instead, so that its ε weighs differently, and its rate can't be set.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { adam } from '@thawjs/core';
 *
 * const w = tf.variable(tf.tensor1d([1]), true, 'w');
 * const optimizer = adam({ learningRate: 0.5 });
 * optimizer.apply([w], { w: tf.tensor1d([2]) });
 * console.log(w.dataSync()[0].toFixed(4)); // 0.5000
 * optimizer.dispose();
 * ```
 */
export function adam({
  learningRate = 1e-3,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-7,
}: AdamOptions = {}): Optimizer {
  const moments = new Map<string, { m: tf.Variable; v: tf.Variable }>();
  let step = 0;
  const momentsOf = (variable: tf.Variable) => {
    let pair = moments.get(variable.name);
    if (!pair) {
      const zeros = () => tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
      pair = { m: zeros(), v: zeros() };
      moments.set(variable.name, pair);
    }
    return pair;
  };
  return {
    learningRate,
    apply(variables, gradients) {
      step += 1;
      const alpha = (this.learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      for (const variable of variables) {
        const gradient = gradients[variable.name];
        if (!gradient) continue;
        const { m, v } = momentsOf(variable);
        tf.tidy(() => {
          m.assign(tf.add(m, tf.mul(tf.sub(gradient, m), 1 - beta1)));
          v.assign(tf.add(v, tf.mul(tf.sub(tf.square(gradient), v), 1 - beta2)));
          variable.assign(tf.sub(variable, tf.div(tf.mul(m, alpha), tf.add(tf.sqrt(v), epsilon))));
        });
      }
    },
    dispose() {
      for (const { m, v } of moments.values()) tf.dispose([m, v]);
      moments.clear();
    },
  };
}
