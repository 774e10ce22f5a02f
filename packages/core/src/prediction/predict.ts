import type * as tf from '@tensorflow/tfjs-core';
import { ANY, checkOptions, FUNCTION, type OptionRule, SIGNAL, WHOLE_FROM_1 } from '../options/check-options';
import { type Precision, resolvePrecision } from '../run/precision';
import type { Predictor } from './classifier-parts';
import type { ForwardOutput } from './forward';
import { networkOutputs, type PredictableImages } from './network-outputs';
import { type Augment, augmentRule, viewsOf } from './views';

/** Options of `predict`. */
export interface PredictOptions {
  /** Images per batch; default 32. */
  readonly batchSize?: number;
  /** The type of number to compute with; default `'float32'`. `'auto'` takes bfloat16 for 64 or more images, if available. */
  readonly precision?: Precision;
  /** Test-time augmentation: the mean over several views of each image; by default none. See `Augment`. */
  readonly augment?: Augment;
  /** Called after each batch with the number of images that are done, of `total`. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the prediction: the signal's reason is thrown. */
  readonly signal?: AbortSignal;
}

/** The rules of `PredictOptions`. `resolvePrecision` checks the precision. */
export const predictRules: Readonly<Record<keyof PredictOptions, OptionRule>> = {
  batchSize: WHOLE_FROM_1,
  precision: ANY,
  augment: augmentRule,
  onProgress: FUNCTION,
  signal: SIGNAL,
};

/**
 * Computes the probability of every label for every image, `[images, labels]`, row-major, in the data set's order.
 *
 * Probabilities are calibrated if `tune` has fitted a calibration. Over several views of an image (`augment`) and several
 * models (`ensemble`) the mean is taken of logits, before the sigmoid: there a calibration applies, and a mean of
 * probabilities would be drawn towards ½. `classify` takes single images as people have them.
 *
 * @param classifier a Classifier, an Ensemble, or their parts
 * @param images a data set, or a tensor of pixels `[images, height, width, 3]`, RGB, 0–255, of the network's size. The caller
 * disposes the tensor.
 * @throws OptionError if an option is misspelt or out of range; PrecisionError if `'bfloat16'` isn't available;
 * DataMismatchError if images don't have the network's input shape.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { classifier, predict, resnet50 } from '@thawjs/core';
 *
 * const backbone = await resnet50({ weights: null, inputSize: [32, 32] });
 * const model = classifier(backbone, { labels: ['Smiling', 'Eyeglasses'] });
 * const pixels = tf.randomUniform<tf.Rank.R4>([3, 32, 32, 3], 0, 255);
 * const { data, shape } = await predict(model, pixels, { augment: 'flip' });
 * console.log(shape, data.length); // [ 3, 2 ] 6
 * pixels.dispose();
 * ```
 */
export async function predict(
  classifier: Predictor,
  images: PredictableImages | tf.Tensor4D,
  options: PredictOptions = {},
): Promise<MetricMatrix<Float32Array>> {
  checkOptions('predict', options, predictRules);
  const { labels } = classifier;
  const output = classifier.calibration ? 'logits' : simplestOutput(classifier, options);
  const outputs = await networkOutputs(classifier, images, { ...runOptions(options), output });
  const data = output === 'own' ? outputs : await fromLogits(outputs, classifier);
  return { data, shape: [data.length / labels.length, labels.length] };
}

async function fromLogits(logits: Float32Array, { labels, calibration }: Predictor): Promise<Float32Array> {
  // Imported only if needed: the metrics come with it, which a page doesn't need for the network's own probabilities.
  const { probabilitiesOf } = await import('./probabilities');
  return probabilitiesOf(logits, labels.length, calibration);
}

/** The network's own probabilities, or logits if they are to be averaged. */
export function simplestOutput(classifier: Predictor, { augment }: PredictOptions): ForwardOutput {
  return augment === undefined && !('members' in classifier) ? 'own' : 'logits';
}

/** How a network is run, by the options of `predict`. @throws OptionError, PrecisionError */
export function runOptions({ batchSize = 32, precision, augment, onProgress, signal }: PredictOptions) {
  const views = viewsOf(augment);
  return { batchSize, precision: resolvePrecision('predict', precision), views, onProgress, signal };
}

/** Scores or labels, row-major, with their shape. */
export interface MetricMatrix<Data extends ArrayLike<number> = ArrayLike<number>> {
  readonly data: Data;
  readonly shape: readonly [rows: number, columns: number];
}
