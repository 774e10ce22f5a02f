import * as tf from '@tensorflow/tfjs-core';
import type { LabelledFeatures } from '../features/keep-features';
import type { Labels } from '../labelled-images';
import { permutation, random } from './random';
import type { StepInputs } from './step-input';

export interface FeatureInputsOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  /** The data set's own order of the shuffled rows in an epoch; by default an order is drawn here. */
  readonly order?: (options: { readonly seed: number; readonly epoch: number }) => ArrayLike<number>;
  /** Called before each epoch. It throws if the features are no longer valid. */
  readonly check: () => void;
}

/**
 * Inputs for steps that train the layers behind a cut: batches of kept features.
 *
 * @param views the features of each cached variant of the images. Epochs cycle through the variants.
 */
export function featureInputs(
  views: readonly LabelledFeatures[],
  { batchSize, shuffle, seed, order, check }: FeatureInputsOptions,
): StepInputs {
  const [{ length, shape }] = views;
  const shuffled = (epoch: number) =>
    order ? Int32Array.from(order({ seed, epoch })) : permutation(length, random(seed, epoch));
  return {
    length,
    batches: Math.ceil(length / batchSize),
    async *epoch(epoch, from = 0) {
      check();
      const features = views[epoch % views.length];
      const all = shuffle ? shuffled(epoch) : Int32Array.from({ length }, (_, row) => row);
      for (let start = from * batchSize; start < length; start += batchSize) {
        const rows = all.slice(start, start + batchSize);
        const values = await features.take(rows);
        yield { x: tf.tensor(values, [rows.length, ...shape]), ...labelsOf(features, rows), rows };
      }
    },
  };
}

function labelsOf({ y, known, length }: LabelledFeatures, rows: Int32Array) {
  const columns = y.length / length;
  return { y: takeRows(y, rows, columns), known: known && takeRows(known, rows, columns) };
}

/** Copies some rows of a row-major matrix into a new matrix. */
function takeRows<Matrix extends Labels>(matrix: Matrix, rows: Int32Array, columns: number): Matrix {
  const taken = new (matrix.constructor as new (length: number) => Matrix)(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    taken.set(matrix.subarray(rows[i] * columns, (rows[i] + 1) * columns), i * columns);
  }
  return taken;
}
