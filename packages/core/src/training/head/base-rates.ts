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
 * The loss that constant predictions, the training data's base rates, have on a data set; see `lossOf`.
 *
 * @param weights factors for the loss, one per image of the data set, or one per image and label; default 1.
 */
export async function baseRateLoss(
  train: LabelledImages,
  data: LabelledImages,
  loss: Loss,
  weights?: ArrayLike<number>,
): Promise<number> {
  const rates = baseRates(train);
  return lossOf(data, loss, (cell) => rates[cell % rates.length], weights);
}

/**
 * The mean loss of probabilities on a data set, as a run's history has it. NaN for a loss that is a plain function: it may
 * count its calls.
 *
 * @param probability of a cell of `[images, labels]`
 * @param weights factors for the loss, one per image of the data set, or one per image and label; default 1.
 */
export async function lossOf(
  data: LabelledImages,
  loss: Loss,
  probability: (cell: number) => number,
  weights?: ArrayLike<number>,
): Promise<number> {
  if (!loss.definition) return Number.NaN;
  const columns = data.labels.length;
  let sum = 0;
  for (let start = 0; start < data.length; start += CHUNK_IMAGES) {
    const images = Math.min(CHUNK_IMAGES, data.length - start);
    const part = (values: Uint8Array) =>
      tf.tensor2d(values.slice(start * columns, (start + images) * columns), [images, columns], 'float32');
    const total = tf.tidy(() => {
      const predicted = tf.tensor2d(
        Float32Array.from({ length: images * columns }, (_, i) => probability(start * columns + i)),
        [images, columns],
      );
      const known = data.known ? part(data.known) : tf.ones<tf.Rank.R2>([images, columns]);
      const y = part(data.y);
      if (!weights) return tf.sum(loss(y, predicted, known));
      const factors = weightsFrom(weights, start, images, data.length, columns);
      if (factors.rank === 1) return tf.sum(tf.mul(loss(y, predicted, known), factors));
      // The loss of one label is that of images of which nothing else is known.
      const ofLabels = Array.from({ length: columns }, (_, label) => {
        const only = tf.mul(known, tf.oneHot([label], columns)) as tf.Tensor2D;
        return loss(y, predicted, only);
      });
      const sums = tf.sum(tf.mul(tf.stack(ofLabels, 1), factors), 1);
      return tf.sum(tf.div(sums, tf.maximum(tf.sum(known, 1), 1)));
    });
    // WebGPU's numbers can't be read at once.
    sum += (await total.data())[0];
    total.dispose();
  }
  return sum / data.length;
}

/** The weights of some images: `[images]`, or `[images, labels]` if there are weights per label. */
function weightsFrom(
  weights: ArrayLike<number>,
  start: number,
  images: number,
  length: number,
  columns: number,
): tf.Tensor {
  const shape = weights.length === length ? [images] : [images, columns];
  const width = weights.length / length;
  const part = Float32Array.from({ length: images * width }, (_, i) => weights[start * width + i]);
  return tf.tensor(part, shape);
}
