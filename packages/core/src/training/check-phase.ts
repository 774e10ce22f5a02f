import type { Classifier } from '../classifier/classifier';
import { DataMismatchError, OptionError } from '../errors';
import { featureBudget } from '../features/feature-budget';
import type { LabelledImages } from '../labelled-images';
import { resolvePrecision } from '../run/precision';
import { learningRateFactors } from './learning-rate-factors';
import type { PhaseOptions } from './phase-options';

/**
 * Refuses a phase that can't work, before anything is computed.
 *
 * @throws OptionError, DataMismatchError, SelectionError
 */
export function checkPhase(classifier: Classifier, options: PhaseOptions): void {
  const { name, epochs, batchSize = 32, views = 1, train, validation, sampleWeights } = options;
  for (const [option, value] of Object.entries({ epochs, batchSize, views })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new OptionError(`phase "${name}": expected ${option} of 1 or more; received ${value}.`);
    }
  }
  resolvePrecision(`phase "${name}"`, options.precision);
  featureBudget(options.featureCache);
  learningRateAt(options, 0);
  learningRateFactors(classifier, options.learningRateFactors);
  checkData(classifier, train, 'train');
  if (validation) checkData(classifier, validation, 'validation');
  if (sampleWeights) checkWeights(name, sampleWeights, train);
}

function checkWeights(phase: string, weights: ArrayLike<number>, { length, labels }: LabelledImages): void {
  if (weights.length !== length && weights.length !== length * labels.length) {
    throw new DataMismatchError(
      `phase "${phase}": expected a sample weight for each of ${length} images, or for each image and label ` +
        `(${length}×${labels.length}); received ${weights.length}.`,
    );
  }
  const bad = Array.from(weights).findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (bad >= 0) {
    throw new DataMismatchError(
      `phase "${phase}": expected sample weights of 0 or more; number ${bad} is ${weights[bad]}.`,
    );
  }
}

/**
 * The rate of an epoch of the phase.
 *
 * @throws OptionError where it isn't above 0.
 */
export function learningRateAt({ learningRate, epochs, name }: PhaseOptions, epoch: number): number {
  const value = typeof learningRate === 'function' ? learningRate(epoch, epochs) : learningRate;
  if (!(value > 0 && Number.isFinite(value))) {
    throw new OptionError(
      `phase "${name}": expected a learning rate above 0; received ${value} for epoch ${epoch}.`,
    );
  }
  return value;
}

function checkData({ labels }: Classifier, data: LabelledImages, which: string): void {
  const different = labels.findIndex((label, index) => data.labels[index] !== label);
  if (different >= 0 || data.labels.length !== labels.length) {
    const at = different >= 0 ? different : labels.length;
    throw new DataMismatchError(
      `${which}: expected the model's ${labels.length} labels in its order; label ${at} is "${data.labels[at]}" ` +
        `instead of "${labels[at]}" (${data.labels.length} in all). Make the classifier with { labels: train.labels }.`,
    );
  }
  if (data.length === 0 || data.y.length !== data.length * labels.length) {
    throw new DataMismatchError(
      `${which}: expected one or more images with ${labels.length} labels each; received ${data.length} images and ` +
        `${data.y.length} label values.`,
    );
  }
  if (data.known && data.known.length !== data.y.length) {
    throw new DataMismatchError(
      `${which}: expected known for each of ${data.y.length} label values; received ${data.known.length}.`,
    );
  }
}
