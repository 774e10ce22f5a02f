import type { UndefinedPolicy } from '../options';

/**
 * The (weighted) mean of values that may be NaN.
 *
 * A value of weight 0 has no say, be it NaN (so scikit-learn's ROC AUC; a class without positives has no part in a
 * weighted average). Where nothing has a say the mean is undefined itself.
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

/** Puts the caller's number, if there is one, where a value is undefined. */
export function fillUndefined(value: number, policy: UndefinedPolicy): number {
  return Number.isNaN(value) && typeof policy === 'number' ? policy : value;
}
