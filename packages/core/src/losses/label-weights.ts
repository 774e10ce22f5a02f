import { OptionError } from '../errors';
import type { LabelledImages } from '../labelled-images';
import { isList, type OptionRule } from '../options/check-options';

/**
 * A factor per label: the numbers themselves, or how to compute them from the training labels. `'balanced'`: from the
 * counts. `{ effectiveNumber: β }`: from effective numbers of samples, `(1 − βⁿ) / (1 − β)` for n samples, which
 * `'balanced'` is the limit of for β towards 1 (Cui et al., 2019, arXiv:1901.05555); β is 0.9 to 0.9999 in the paper.
 */
export type LabelWeights = ArrayLike<number> | 'balanced' | { readonly effectiveNumber: number };

/** The check of an option that gives a factor per label. */
export const LABEL_WEIGHTS: OptionRule = {
  accepts: (value) => {
    if (value === 'balanced') return true;
    if (isList(value)) return Array.from(value).every((weight) => weight > 0 && Number.isFinite(weight));
    const { effectiveNumber: beta, ...others } = Object(value);
    return Object.keys(others).length === 0 && beta >= 0 && beta < 1;
  },
  expected:
    "to be a list of numbers above 0, one per label, 'balanced', or { effectiveNumber } from 0 to below 1",
};

/**
 * Factors for the terms of positive images: negatives per positive, both counted as the option says. Labels that have no
 * positive or no negative images have the factor 1.
 */
export function positiveWeights(weights: LabelWeights, data: LabelledImages): readonly number[] {
  if (isList(weights)) return Array.from(weights);
  return counts(data).map(({ positives, negatives }) =>
    positives > 0 && negatives > 0 ? counted(weights, negatives) / counted(weights, positives) : 1,
  );
}

/**
 * Factors for whole labels, of mean 1: larger for labels with fewer positive images. A label without positive images
 * counts as having one. A label that is known for no image has the factor 1, and doesn't count for the others.
 */
export function labelWeights(weights: LabelWeights, data: LabelledImages): readonly number[] {
  if (isList(weights)) return Array.from(weights);
  const rare = counts(data).map(({ positives, negatives }) =>
    positives + negatives > 0 ? 1 / counted(weights, Math.max(positives, 1)) : undefined,
  );
  const known = rare.filter((weight) => weight !== undefined);
  const mean = known.reduce((sum, weight) => sum + weight, 0) / known.length;
  return rare.map((weight) => (weight === undefined ? 1 : weight / mean));
}

/** @throws OptionError if there isn't a weight per label. */
export function checkCount(loss: string, option: string, weights: readonly number[], labels: number): void {
  if (weights.length === labels) return;
  throw new OptionError(
    `${loss}: expected one of ${option} per label, ${labels}; received ${weights.length}.`,
  );
}

/** How much some samples count for. */
function counted(weights: Exclude<LabelWeights, ArrayLike<number>>, samples: number): number {
  if (typeof weights === 'string') return samples;
  const { effectiveNumber: beta } = weights;
  return (1 - beta ** samples) / (1 - beta);
}

/** The known positive and negative images of each label. Labels between 0 and 1 count in part. */
function counts({ labels, length, y, known }: LabelledImages) {
  return labels.map((_, label) => {
    let [positives, negatives] = [0, 0];
    for (let i = label; i < length * labels.length; i += labels.length) {
      if (known?.[i] === 0) continue;
      positives += y[i];
      negatives += 1 - y[i];
    }
    return { positives, negatives };
  });
}
