import * as tf from '@tensorflow/tfjs-core';
import type { DropoutMask } from '../../model/model-program-builder';
import { withBatch } from '../../program/ir';

/** One step's factors for what a Dropout lies on: 0, or `1 / (1 − rate)`. The caller disposes it. */
export function dropoutMask({ mask, rate }: DropoutMask, images: number, random: () => number): tf.Tensor {
  const sizes = withBatch(mask.sizes, images);
  const factors = new Float32Array(tf.util.sizeFromShape(sizes));
  const kept = 1 / (1 - rate);
  for (let i = 0; i < factors.length; i++) factors[i] = random() < rate ? 0 : kept;
  return tf.tensor(factors, sizes);
}
