import { fillUndefined } from '../averaging/fill-undefined';
import { meanOf } from '../averaging/mean-of';
import type { CheckedInputs } from '../input/check-inputs';
import type { Averaged, ClassAverage, UndefinedPolicy } from '../options';
import { poolPairs } from './pool-pairs';
import { type SortedByLabel, sortByLabel } from './sort-by-label';

/** Applies a measure of two sorted runs to each class, or to all pairs, and averages. */
export function scoreClasses<A extends ClassAverage>(
  inputs: CheckedInputs,
  measure: (sorted: SortedByLabel) => number,
  average: A,
  policy: UndefinedPolicy,
): Averaged<A>;
export function scoreClasses(
  inputs: CheckedInputs,
  measure: (sorted: SortedByLabel) => number,
  average: ClassAverage,
  policy: UndefinedPolicy,
): Float64Array | number {
  const sorted = average === 'micro' ? poolPairs(inputs) : inputs;
  const values = new Float64Array(sorted.columns);
  const support = new Float64Array(sorted.columns);
  sortByLabel(sorted, (runs, column) => {
    values[column] = fillUndefined(measure(runs), policy);
    support[column] = runs.positives.length;
  });
  if (average === 'none') return values;
  return meanOf(values, policy, average === 'weighted' ? support : undefined);
}
