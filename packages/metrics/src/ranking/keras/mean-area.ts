import { interpolatedPrArea } from './interpolated-pr-area';
import type { KerasAucOptions } from './keras-auc';
import { riemannArea } from './riemann-area';
import type { ThresholdCounts } from './threshold-counts';

/** The mean of the groups' areas, with Keras' options and defaults. */
export function meanArea(
  groups: readonly ThresholdCounts[],
  { curve = 'ROC', summation = 'interpolation' }: Pick<KerasAucOptions, 'curve' | 'summation'>,
): number {
  let sum = 0;
  for (const counts of groups) {
    sum +=
      curve === 'PR' && summation === 'interpolation'
        ? interpolatedPrArea(counts)
        : riemannArea(counts, curve, summation);
  }
  return sum / groups.length;
}
