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
  if (sampleWeights && sampleWeights.length !== train.length) {
    throw new DataMismatchError(
      `phase "${name}": expected a sample weight for each of ${train.length} images; received ${sampleWeights.length}.`,
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
