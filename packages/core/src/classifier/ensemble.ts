import { DataMismatchError, OptionError } from '../errors';
import { checkOption, checkOptions } from '../options/check-options';
import type { EnsembleParts, NetworkParts } from '../prediction/classifier-parts';
import type { Classifier } from './classifier';
import { mergedClassifier } from './merged';
import { PredictorMethods } from './predictor-methods';

/** Options of `ensemble`. */
export interface EnsembleOptions {
  /** The weight of each classifier in the mean, as of scikit-learn's VotingClassifier; default: all the same. */
  readonly weights?: readonly number[];
}

/** Several classifiers as one: the mean of their logits. `ensemble` makes it. */
export class Ensemble extends PredictorMethods implements EnsembleParts {
  readonly members: readonly NetworkParts[];
  readonly shares: readonly number[];

  constructor(members: readonly NetworkParts[], { weights = members.map(() => 1) }: EnsembleOptions = {}) {
    const [first] = members;
    if (!first) throw new OptionError('ensemble: expected one or more classifiers; received an empty list.');
    const { labels } = first;
    for (const [place, member] of members.entries()) checkLabels(labels, member.labels, place);
    super({ labels, thresholds: labels.map(() => 0.5) });
    this.members = [...members];
    this.shares = sharesOf(weights, members.length);
  }

  /**
   * One classifier that predicts as the ensemble does, to be saved and exported as one model: `save`, `exportKeras`,
   * `exportOnnx` and `exportSavedModel` take it.
   *
   * The members' networks stand side by side, each with its own preprocessing, under one head. Their calibrations are part
   * of the head; the classifier has the ensemble's thresholds and calibration. It has weights of its own: training it
   * leaves the members as they are, and both are to be disposed. Stages and layers have the member's backbone in front:
   * `{ stage: 'resnet50/conv5' }`.
   *
   * @throws OptionError if there is only one member, if a member isn't a Classifier or has a head other than `classifier`
   * makes, or if members take images of different sizes
   */
  merged(): Classifier {
    return mergedClassifier(this);
  }
}

const CLASSIFIERS = {
  accepts: (value: unknown) =>
    Array.isArray(value) && value.every((member) => Array.isArray(member?.labels) && 'model' in member),
  expected: 'to be a list of classifiers',
};
const LIST = { accepts: Array.isArray, expected: 'to be a list of numbers' };

function sharesOf(weights: readonly number[], count: number): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.length !== count || !weights.every((weight) => weight > 0) || !Number.isFinite(sum)) {
    throw new OptionError(
      `ensemble: expected weights above 0, one for each of ${count} classifiers; received ${weights.join(', ')}.`,
    );
  }
  return weights.map((weight) => weight / sum);
}

function checkLabels(labels: readonly string[], others: readonly string[], place: number): void {
  const named = (label: string | undefined) => (label === undefined ? 'missing' : `"${label}"`);
  const count = Math.max(labels.length, others.length);
  const at = Array.from({ length: count }, (_, i) => i).find((i) => labels[i] !== others[i]);
  if (at === undefined) return;
  throw new DataMismatchError(
    `ensemble: expected classifiers with the same labels in the same order; label ${at} of classifier ${place} is ` +
      `${named(others[at])} instead of ${named(labels[at])}. Bring it into order by classifier(model, { labels }).`,
  );
}

/**
 * Averages several classifiers: their logits, after each one's own calibration. They may differ in backbone and input size.
 *
 * Models that make different mistakes average to fewer: two networks with a macro AUC of .905 each on faces reached .916
 * together. Prediction takes the time of all members. The ensemble has thresholds of ½ and no
 * calibration of its own until `tune`. `merged()` makes one classifier of it, which is saved and exported as one model.
 *
 * A classifier that is better, or unlike the others, can have a larger weight: two networks of a kind beside one of another
 * kind go well with weights of 1, 1 and 2.
 *
 * @param members classifiers with the same labels in the same order. The ensemble shares them; dispose them yourself.
 * @throws OptionError for an empty list, or weights that aren't a number above 0 for each; DataMismatchError if labels differ
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { backbone, classifier, ensemble } from '@thawjs/core';
 *
 * const labels = ['Smiling', 'Eyeglasses'];
 * const made = async (name: string) =>
 *   classifier(await backbone(name, { weights: null, inputSize: [32, 32] }), { labels });
 * const both = ensemble([await made('resnet18'), await made('mobilenet_v2')]);
 * const pixels = tf.randomUniform<tf.Rank.R4>([1, 32, 32, 3], 0, 255);
 * console.log((await both.predict(pixels)).shape); // [ 1, 2 ]
 * console.log(both.merged().stages[0].name); // resnet18/conv1
 * pixels.dispose();
 * ```
 */
export function ensemble(members: readonly NetworkParts[], options: EnsembleOptions = {}): Ensemble {
  checkOption('ensemble', 'members', members, CLASSIFIERS);
  checkOptions('ensemble', options, { weights: LIST });
  return new Ensemble(members, options);
}
