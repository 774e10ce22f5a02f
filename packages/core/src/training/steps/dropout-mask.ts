import * as tf from '@tensorflow/tfjs-core';
import type { DropoutMask } from '../../model/model-program-builder';
import { withBatch } from '../../program/ir';

/** Draws the random numbers of one mask for one step. The caller disposes the tensor. */
export function dropoutMask({ mask, draw }: DropoutMask, images: number, random: () => number): tf.Tensor {
  const sizes = withBatch(mask.sizes, images);
  const numbers = new Float32Array(tf.util.sizeFromShape(sizes));
  for (let i = 0; i < numbers.length; i++) numbers[i] = draw(random);
  return tf.tensor(numbers, sizes);
}
