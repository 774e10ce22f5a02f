import * as tf from '@tensorflow/tfjs-core';
import type { Features } from './extract-features';
import { permutation, random } from './random';
import type { StepInputs } from './step-input';

export interface FeatureInputsOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
}

/**
 * Steps that train a head alone, on features kept from a frozen backbone.
 *
 * @param views features of differently augmented views of the same images; epochs take them in turn.
 * @param y 0 or 1, `[images, labels]`.
 */
export function featureInputs(
  views: readonly Features[],
  y: Uint8Array,
  { batchSize, shuffle, seed }: FeatureInputsOptions,
): StepInputs {
  const [{ data, shape }] = views;
  const width = shape.reduce((product, size) => product * size, 1);
  const length = data.length / width;
  const labels = y.length / length;
  return {
    length,
    batches: Math.ceil(length / batchSize),
    async *epoch(epoch) {
      const features = views[epoch % views.length].data;
      const order = shuffle
        ? permutation(length, random(seed, epoch))
        : Int32Array.from({ length }, (_, row) => row);
      for (let start = 0; start < length; start += batchSize) {
        const rows = order.slice(start, start + batchSize);
        yield {
          x: tf.tensor(gather(features, rows, width), [rows.length, ...shape]),
          y: gather(y, rows, labels),
          rows,
        };
      }
    },
  };
}

function gather<Values extends Float32Array | Uint8Array>(
  values: Values,
  rows: Int32Array,
  width: number,
): Values {
  const gathered = new (values.constructor as new (length: number) => Values)(rows.length * width);
  for (const [index, row] of rows.entries()) {
    gathered.set(values.subarray(row * width, (row + 1) * width), index * width);
  }
  return gathered;
}
