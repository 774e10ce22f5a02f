import { divideNoNan } from './riemann-area';
import type { ThresholdCounts } from './threshold-counts';

/**
 * Keras' `interpolate_pr_auc`: true positives and predicted positives vary linearly between two thresholds, their
 * ratio doesn't (Davis and Goadrich 2006, section 4).
 */
export function interpolatedPrArea({ truePositives, falsePositives }: ThresholdCounts): number {
  const { fround } = Math;
  const positives = truePositives[0];
  let area = 0;
  for (let at = 0; at + 1 < truePositives.length; at++) {
    const [hits, hitsNext] = [truePositives[at], truePositives[at + 1]];
    const predicted = hits + falsePositives[at];
    const predictedNext = hitsNext + falsePositives[at + 1];
    const slope = divideNoNan(hits - hitsNext, predicted - predictedNext);
    const intercept = fround(hitsNext - fround(slope * predictedNext));
    const ratio = predicted > 0 && predictedNext > 0 ? fround(predicted / predictedNext) : 1;
    const change = fround(hits - hitsNext + fround(intercept * fround(Math.log(ratio))));
    area += divideNoNan(fround(slope * change), positives);
  }
  return area;
}
