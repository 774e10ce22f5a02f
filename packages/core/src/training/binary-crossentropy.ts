import { OptionError } from '../errors';
import type { Program, Value } from '../program/ir';
import { crossentropy, crossentropyOf } from '../program/operations/losses';
import type { Loss } from './loss';

/** Options of `binaryCrossentropy`. */
export interface BinaryCrossentropyOptions {
  /** 0 (default) to 1: labels are drawn to ½ by this share, as in Keras. */
  readonly labelSmoothing?: number;
  /** One factor a label for its positives' term, as torch's `pos_weight`; by default 1 each. */
  readonly positiveWeights?: readonly number[];
}

/**
 * Binary cross-entropy, `−mean over labels of (w·y·ln p + (1 − y)·ln(1 − p))`, with Keras' clipping of p to
 * [1e-7, 1 − 1e-7]. The mean is over the labels that are known of an image; without any its loss is 0.
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
  const attributes = { labelSmoothing, positiveWeights };
  const checkLabels = (labels: number) => {
    if (!positiveWeights || positiveWeights.length === labels) return;
    throw new OptionError(
      `binaryCrossentropy: expected one of positiveWeights a label, ${labels}; received ${positiveWeights.length}.`,
    );
  };
  const loss: Loss = (yTrue, yPred) => {
    checkLabels(yPred.shape[1]);
    return crossentropyOf(yTrue, yPred, attributes);
  };
  return Object.assign(loss, {
    operation: (program: Program, yTrue: Value, yPred: Value) => {
      checkLabels(Number(yPred.sizes[1]));
      return crossentropy(program, [yTrue, yPred], attributes);
    },
  });
}
