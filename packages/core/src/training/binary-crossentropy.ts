import * as tf from '@tensorflow/tfjs-core';
import { OptionError } from '../errors';

/** The loss of each image, `[images]`, from 0/1 labels and probabilities, both `[images, labels]`. */
export type Loss = (yTrue: tf.Tensor2D, yPred: tf.Tensor2D) => tf.Tensor1D;

/** Options of `binaryCrossentropy`. */
export interface BinaryCrossentropyOptions {
  /** 0 (default) to 1: labels are drawn to ½ by this share, as in Keras. */
  readonly labelSmoothing?: number;
  /** One factor a label for its positives' term, as torch's `pos_weight`; by default 1 each. */
  readonly positiveWeights?: readonly number[];
}

/** Keras' backend epsilon: probabilities are kept this far from 0 and 1. */
const EPSILON = 1e-7;

/**
 * Binary cross-entropy, `−mean over labels of (w·y·ln p + (1 − y)·ln(1 − p))`, with Keras' clipping of p to
 * [1e-7, 1 − 1e-7].
 *
 * `positiveWeights` is what `classWeight` is for single-label data; tfjs-layers' takes the argmax of a
 * multi-hot row and so weighs it by its first label.
 *
 * @returns a loss for `fineTune` or `phase`; the caller disposes what it returns (or calls it in a tidy).
 * @throws OptionError where a weight is not a positive number or the smoothing is outside 0 to 1.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { binaryCrossentropy } from '@thawjs/core';
 *
 * const loss = binaryCrossentropy();
 * const perImage = loss(tf.tensor2d([[1, 0]]), tf.tensor2d([[0.5, 0.5]]));
 * console.log(perImage.dataSync()[0].toFixed(4)); // 0.6931
 * ```
 */
export function binaryCrossentropy({
  labelSmoothing = 0,
  positiveWeights,
}: BinaryCrossentropyOptions = {}): Loss {
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new OptionError(
      `binaryCrossentropy: expected labelSmoothing from 0 to 1; received ${labelSmoothing}.`,
    );
  }
  const bad = positiveWeights?.findIndex((weight) => !(weight > 0 && Number.isFinite(weight))) ?? -1;
  if (bad >= 0) {
    throw new OptionError(
      `binaryCrossentropy: expected positiveWeights above 0; number ${bad} is ${positiveWeights?.[bad]}.`,
    );
  }
  return (yTrue, yPred) =>
    tf.tidy(() => {
      if (positiveWeights && positiveWeights.length !== yTrue.shape[1]) {
        throw new OptionError(
          `binaryCrossentropy: expected one of positiveWeights a label, ${yTrue.shape[1]}; received ${positiveWeights.length}.`,
        );
      }
      const y = labelSmoothing === 0 ? yTrue : tf.add(tf.mul(yTrue, 1 - labelSmoothing), labelSmoothing / 2);
      const p = tf.clipByValue(yPred, EPSILON, 1 - EPSILON);
      const ofPositives = tf.mul(y, tf.log(p));
      const weighted = positiveWeights ? tf.mul(ofPositives, tf.tensor1d([...positiveWeights])) : ofPositives;
      const ofNegatives = tf.mul(tf.sub(1, y), tf.log(tf.sub(1, p)));
      return tf.neg(tf.mean(tf.add(weighted, ofNegatives), 1)) as tf.Tensor1D;
    });
}
