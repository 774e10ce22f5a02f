import type { UndefinedPolicy } from '../options';

/**
 * The (weighted) mean of values that may be NaN.
 *
 * A value of weight 0 is left out, even if it is NaN. So a class without positives has no part in a weighted
 * average, as in scikit-learn's ROC AUC. The mean is NaN if every value is left out.
 */
export function meanOf(
  values: ArrayLike<number>,
  policy: UndefinedPolicy,
  weights?: ArrayLike<number>,
): number {
  let sum = 0;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const weight = weights === undefined ? 1 : weights[index];
    const value = fillUndefined(values[index], policy);
    if (weight === 0 || (Number.isNaN(value) && policy === 'skip')) continue;
    sum += weight * value;
    total += weight;
  }
  return fillUndefined(sum / total, policy);
}

/** Replaces an undefined value by the caller's number, if the policy is a number. */
export function fillUndefined(value: number, policy: UndefinedPolicy): number {
  return Number.isNaN(value) && typeof policy === 'number' ? policy : value;
}
