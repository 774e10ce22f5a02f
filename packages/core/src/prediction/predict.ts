import type * as tf from '@tensorflow/tfjs-core';
import { ANY, checkOptions, FUNCTION, type OptionRule, WHOLE_FROM_1 } from '../options/check-options';
import { type Precision, resolvePrecision } from '../run/precision';
import { probabilitiesOf } from './calibration';
import type { ClassifierParts } from './classifier-parts';
import { networkOutputs, type PredictableImages } from './network-outputs';

/** Options of `predict`. */
export interface PredictOptions {
  /** Images per batch; default 32. */
  readonly batchSize?: number;
  /** The type of number to compute with; default `'float32'`. `'auto'` takes bfloat16 for 64 or more images, if available. */
  readonly precision?: Precision;
  /** Called after each batch with the number of images that are done, of `total`. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the prediction: the signal's reason is thrown. */
  readonly signal?: AbortSignal;
}

/** The rules of `PredictOptions`. `resolvePrecision` checks the precision. */
export const predictRules: Readonly<Record<keyof PredictOptions, OptionRule>> = {
  batchSize: WHOLE_FROM_1,
  precision: ANY,
  onProgress: FUNCTION,
  signal: ANY,
};

/**
 * Computes the probability of every label for every image, `[images, labels]`, row-major, in the data set's order.
 *
 * @param images a data set, or a tensor of pixels `[images, height, width, 3]`, RGB, 0–255, of the network's size.
 * @throws OptionError if an option is misspelt or out of range; PrecisionError if `'bfloat16'` isn't available;
 * DataMismatchError if images don't have the network's input shape.
 */
export async function predict(
  classifier: Pick<ClassifierParts, 'model' | 'preprocessing' | 'labels' | 'calibration'>,
  images: PredictableImages | tf.Tensor4D,
  options: PredictOptions = {},
): Promise<MetricMatrix<Float32Array>> {
  checkOptions('predict', options, predictRules);
  const { calibration, labels } = classifier;
  const outputs = await networkOutputs(classifier, images, {
    ...runOptions(options),
    output: calibration ? 'logits' : 'own',
  });
  const data = calibration ? probabilitiesOf(outputs, labels.length, calibration) : outputs;
  return { data, shape: [data.length / labels.length, labels.length] };
}

/** How a network is run, by the options of `predict`. @throws OptionError, PrecisionError */
export function runOptions({ batchSize = 32, precision, onProgress, signal }: PredictOptions) {
  return { batchSize, precision: resolvePrecision('predict', precision), onProgress, signal };
}

/** Scores or labels, row-major, with their shape. */
export interface MetricMatrix<Data extends ArrayLike<number> = ArrayLike<number>> {
  readonly data: Data;
  readonly shape: readonly [rows: number, columns: number];
}
