import * as tf from '@tensorflow/tfjs-core';
import type { LabelledImages } from '../../labelled-images';
import type { Loss } from '../../losses/loss';

/** Images that are compared at a time. */
const CHUNK_IMAGES = 4096;

/**
 * The share of positive images per label, among the images for which the label is known: `(positives + ½) / (images + 1)`,
 * which is above 0 and below 1 for every label.
 */
export function baseRates({ length, labels, y, known }: LabelledImages): Float64Array {
  const positives = new Float64Array(labels.length).fill(0.5);
  const images = new Float64Array(labels.length).fill(1);
  for (let row = 0; row < length; row++) {
    for (let label = 0; label < labels.length; label++) {
      const at = row * labels.length + label;
      if (known?.[at] === 0) continue;
      positives[label] += y[at];
      images[label] += 1;
    }
  }
  return positives.map((sum, label) => sum / images[label]);
}

/**
 * The loss that constant predictions, the training data's base rates, have on a data set. NaN for a loss that is a plain
 * function: it may count its calls.
 */
export async function baseRateLoss(train: LabelledImages, data: LabelledImages, loss: Loss): Promise<number> {
  if (!loss.definition) return Number.NaN;
  const rates = baseRates(train);
  const columns = rates.length;
  let sum = 0;
  for (let start = 0; start < data.length; start += CHUNK_IMAGES) {
    const images = Math.min(CHUNK_IMAGES, data.length - start);
    const part = (values: Uint8Array) =>
      tf.tensor2d(values.slice(start * columns, (start + images) * columns), [images, columns], 'float32');
    const total = tf.tidy(() => {
      const predicted = tf.tensor2d(
        Float32Array.from({ length: images * columns }, (_, i) => rates[i % columns]),
        [images, columns],
      );
      return tf.sum(loss(part(data.y), predicted, data.known && part(data.known)));
    });
    // WebGPU's numbers can't be read at once.
    sum += (await total.data())[0];
    total.dispose();
  }
  return sum / data.length;
}
