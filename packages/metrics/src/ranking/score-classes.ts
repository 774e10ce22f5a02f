import { fillUndefined } from '../averaging/fill-undefined';
import { meanOf } from '../averaging/mean-of';
import type { CheckedInputs } from '../input/check-inputs';
import type { Averaged, ClassAverage, UndefinedPolicy } from '../options';
import { type SortedByLabel, sortByLabel } from './sort-by-label';

/** Applies a measure of two sorted runs to each class, or to all pairs, and averages. */
export function scoreClasses<A extends ClassAverage>(
  { rows, columns, truth, scores }: CheckedInputs,
  measure: (sorted: SortedByLabel) => number,
  average: A,
  policy: UndefinedPolicy,
): Averaged<A>;
export function scoreClasses(
  { rows, columns, truth, scores }: CheckedInputs,
  measure: (sorted: SortedByLabel) => number,
  average: ClassAverage,
  policy: UndefinedPolicy,
): Float64Array | number {
  if (average === 'micro') {
    const sorted = sortByLabel(truth, scores, { offset: 0, stride: 1, count: rows * columns });
    return fillUndefined(measure(sorted), policy);
  }
  const values = new Float64Array(columns);
  const support = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const sorted = sortByLabel(truth, scores, { offset: column, stride: columns, count: rows });
    values[column] = fillUndefined(measure(sorted), policy);
    support[column] = sorted.positives.length;
  }
  if (average === 'none') return values;
  return meanOf(values, policy, average === 'weighted' ? support : undefined);
}
