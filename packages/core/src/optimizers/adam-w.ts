import { checkIsOptions } from '../options/check-options';
import { type AdamOptions, adam } from './adam';
import type { Optimizer } from './optimizer';

/**
 * Adam with decoupled weight decay: before each update, `w -= weightDecay · learningRate · w`. The default of
 * `weightDecay` is 0.004.
 *
 * Loshchilov and Hutter, 2019 (arXiv:1711.05101), as `keras.optimizers.AdamW`: every weight decays, including biases and
 * gamma and beta of BatchNormalization.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { adamW } from '@thawjs/core';
 *
 * const w = tf.variable(tf.tensor1d([1]), true, 'w');
 * const optimizer = adamW({ learningRate: 0.5, weightDecay: 0.1 });
 * optimizer.apply([w], { w: tf.tensor1d([2]) });
 * console.log(w.dataSync()[0].toFixed(4)); // 0.4500
 * optimizer.dispose();
 * ```
 */
export function adamW(given: AdamOptions = {}): Optimizer {
  checkIsOptions('adamW', given);
  const { weightDecay = 0.004, ...options } = given;
  return adam({ weightDecay, ...options });
}
