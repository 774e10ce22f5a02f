/**
 * The standard deviation of the counts over their mean (population form): 0 if all labels are equally frequent.
 *
 * NaN if there are no counts, or all are 0.
 *
 * @example
 * ```ts
 * import { relativeDeviation } from '@thawjs/datasets';
 *
 * console.log(relativeDeviation([10, 30])); // 0.5
 * ```
 */
export function relativeDeviation(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i];
  const mean = sum / counts.length;
  let squares = 0;
  for (let i = 0; i < counts.length; i++) squares += (counts[i] - mean) ** 2;
  return Math.sqrt(squares / counts.length) / mean;
}
