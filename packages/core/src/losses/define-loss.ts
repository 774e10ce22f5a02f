import type * as tf from '@tensorflow/tfjs-core';
import { OptionError } from '../errors';
import { logitsOf } from '../model/logits';
import { Program, type Value } from '../program/ir';
import { input } from '../program/operations/sources';
import { opsOf } from '../program/ops';
import { runAtOnce } from '../run/interpret';
import type { Loss, LossDefinition, LossInput } from './loss';

/**
 * Makes a custom loss that is part of the step's program. Its gradient is derived from the definition. On the native
 * backend it runs inside the TensorFlow graph.
 *
 * @param definition computes losses `[images, labels]`, or `[images]`, with `ops`. From losses per label, the loss of an
 * image is the mean over its known labels.
 * @returns a loss for `fineTune` or `phase`. It can also be called with tensors; the caller disposes the result.
 * @throws OptionError if the definition isn't a function, or its result has other sizes.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { defineLoss } from '@thawjs/core';
 *
 * // The focal loss of Lin et al., 2017: confident correct predictions count less.
 * const focal = defineLoss(({ logits, labels, ops }) => {
 *   const sign = ops.sub(ops.mul(labels, 2), 1);
 *   const ofTruth = ops.logSigmoid(ops.mul(logits, sign));
 *   return ops.neg(ops.mul(ops.square(ops.sub(1, ops.exp(ofTruth))), ofTruth));
 * });
 * const loss = focal(tf.tensor2d([[1, 0]]), tf.tensor2d([[0.5, 0.5]]));
 * console.log(loss.dataSync()[0].toFixed(4)); // 0.1733
 * ```
 */
export function defineLoss(definition: LossDefinition): Loss {
  if (typeof definition !== 'function') {
    throw new OptionError(
      `defineLoss: expected a function of { logits, labels, … }; received ${definition}.`,
    );
  }
  const loss = (yTrue: tf.Tensor2D, yPred: tf.Tensor2D, known?: tf.Tensor2D): tf.Tensor1D => {
    const program = new Program();
    const sizes = [null, yPred.shape[1]];
    const [labels, probabilities] = ['labels', 'probabilities'].map((name) =>
      input(program, [], { name, sizes }),
    );
    const ops = opsOf(program);
    const mask = known ? input(program, [], { name: 'known', sizes }) : ops.add(ops.mul(labels, 0), 1);
    const logits = logitsOf(program, probabilities);
    // A NaN times a mask of 0 is NaN.
    const masked = known ? ops.where(mask, labels, 0) : labels;
    const losses = imageLosses(definition, { ops, logits, probabilities, labels: masked, known: mask });
    const given = new Map<Value, tf.Tensor>([
      [labels, yTrue],
      [probabilities, yPred],
    ]);
    if (known) given.set(mask, known);
    const [result] = runAtOnce({ program, outputs: [losses] }, given, { portable: true });
    return result as tf.Tensor1D;
  };
  return Object.assign(loss, { definition });
}

/**
 * The loss per image, `[images]`: the mean of the definition's losses over the known labels, 0 without a known label.
 *
 * @param weights a factor per image and label; by default none.
 * @throws OptionError if the definition's result has neither the sizes `[images, labels]` nor `[images]`.
 */
export function imageLosses(definition: LossDefinition, given: LossInput, weights?: Value): Value {
  const { ops, logits, known } = given;
  const losses = definition(given);
  const [images, labels] = losses?.sizes ?? [];
  const rank = losses?.sizes?.length;
  if (images === null && rank === 1 && !weights) return losses;
  if (images !== null || rank !== 2 || labels !== logits.sizes[1]) {
    const expected = weights
      ? '[images, labels], as weights per label are given'
      : '[images, labels] or [images]';
    const received = losses?.sizes ? `[${losses.sizes.map((size) => size ?? 'images').join(', ')}]` : losses;
    throw new OptionError(`loss: expected a value of ${expected}; received ${received}.`);
  }
  const weighted = weights ? ops.mul(losses, weights) : losses;
  return ops.div(ops.sum(ops.mul(weighted, known), 1), ops.maximum(ops.sum(known, 1), 1));
}
