import * as tf from '@tensorflow/tfjs-core';
import type { FeatureScale } from '../../classifier/linear-head';
import { type KeptFeatures, widthOf } from '../../features/kept-features';

/** Features as the matrix of a linear model: one row per image and view, one column per feature, and a column of ones. */
export interface DesignMatrix {
  /** Images times views. Row `r` is of image `r % images`. */
  readonly rows: number;
  readonly images: number;
  /** The number of features, plus 1 for the column of ones, which is the last. */
  readonly width: number;
  /** The product with `[width, columns]`: `[rows, columns]`, row-major. */
  times(weights: Float64Array, columns: number): Promise<Float32Array>;
  /** The product of the transposed matrix with `[rows, columns]`: `[width, columns]`, row-major. */
  transposedTimes(values: Float32Array, columns: number): Promise<Float32Array>;
  dispose(): void;
}

/** The number of rows that are multiplied at a time. */
const CHUNK_ROWS = 4096;

/** The most bytes of scaled features that stay in memory between two products; of more, each product reads all again. */
const KEPT_BYTES = 2 ** 30;

/** Features of all views as one matrix. The caller disposes the matrix, and closes the features. */
export function designMatrix(views: readonly KeptFeatures[], { mean, scale }: FeatureScale): DesignMatrix {
  const images = views[0].length;
  const features = widthOf(views[0].shape);
  const rows = images * views.length;
  const starts = views.flatMap((view, v) =>
    Array.from({ length: Math.ceil(images / CHUNK_ROWS) }, (_, i) => ({
      view,
      from: i * CHUNK_ROWS,
      at: v * images + i * CHUNK_ROWS,
    })),
  );
  const keeps = rows * features * 4 <= KEPT_BYTES;
  const kept: tf.Tensor2D[] = [];

  /** Calls an action with each chunk of rows, scaled, and the number of its first row. */
  async function each(action: (chunk: tf.Tensor2D, at: number) => Promise<void>): Promise<void> {
    for (const [i, { view, from, at }] of starts.entries()) {
      const chunk = kept[i] ?? (await scaled(view, from));
      if (keeps) kept[i] = chunk;
      await action(chunk, at);
      if (!keeps) chunk.dispose();
    }
  }

  async function scaled(view: KeptFeatures, from: number): Promise<tf.Tensor2D> {
    const count = Math.min(CHUNK_ROWS, images - from);
    const values = await view.take(Int32Array.from({ length: count }, (_, i) => from + i));
    return tf.tidy(() => tf.mul<tf.Tensor2D>(tf.sub(tf.tensor2d(values, [count, features]), mean), scale));
  }

  return {
    rows,
    images,
    width: features + 1,
    async times(weights, columns) {
      const result = new Float32Array(rows * columns);
      const kernel = Float32Array.from(weights.subarray(0, features * columns));
      const ones = weights.subarray(features * columns);
      await each(async (chunk, at) => {
        const product = tf.tidy(() => tf.matMul(chunk, tf.tensor2d(kernel, [features, columns])));
        result.set((await product.data()) as Float32Array, at * columns);
        product.dispose();
      });
      for (let start = 0; start < result.length; start += columns) {
        for (let c = 0; c < columns; c++) result[start + c] += ones[c];
      }
      return result;
    },
    async transposedTimes(values, columns) {
      const result = new Float32Array((features + 1) * columns);
      await each(async (chunk, at) => {
        const part = values.subarray(at * columns, (at + chunk.shape[0]) * columns);
        const product = tf.tidy(() =>
          tf.matMul(chunk, tf.tensor2d(part, [chunk.shape[0], columns]), true, false),
        );
        const data = (await product.data()) as Float32Array;
        for (let i = 0; i < data.length; i++) result[i] += data[i];
        product.dispose();
      });
      const sums = result.subarray(features * columns);
      for (let start = 0; start < values.length; start += columns) {
        for (let c = 0; c < columns; c++) sums[c] += values[start + c];
      }
      return result;
    },
    dispose() {
      tf.dispose(kept.splice(0));
    },
  };
}
