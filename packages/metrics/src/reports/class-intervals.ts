import type { Cells } from '../decisions/count-cells';
import type { Interval } from '../uncertainty/intervals-of';
import { logitInterval } from '../uncertainty/logit-interval';
import { normalQuantile } from '../uncertainty/normal-quantile';
import { wilsonInterval } from '../uncertainty/wilson-interval';
import type { RankedColumns } from './rank-columns';
import type { ReportMetricName } from './report-types';

/** The confidence interval of each metric of a class. */
export type MetricIntervals = Readonly<Record<ReportMetricName, Interval>>;

export function classIntervals(
  { tp, fp, fn, tn }: Cells,
  { auc, aucVariance, averagePrecision }: RankedColumns,
  column: number,
  level: number,
): MetricIntervals {
  const z = normalQuantile((1 + level) / 2);
  const [hits, falseHits, misses, rejections] = [tp[column], fp[column], fn[column], tn[column]];
  const share = (part: number, rest: number) => wilsonInterval(part, part + rest, z);
  const jaccard = share(hits, falseHits + misses);
  const reach = z * Math.sqrt(aucVariance[column]);
  return {
    precision: share(hits, falseHits),
    recall: share(hits, misses),
    specificity: share(rejections, falseHits),
    // F1 = 2J / (1 + J) is increasing in J = tp / (tp + fp + fn), which is a share.
    f1: { low: (2 * jaccard.low) / (1 + jaccard.low), high: (2 * jaccard.high) / (1 + jaccard.high) },
    accuracy: share(hits + rejections, falseHits + misses),
    auc: { low: Math.max(0, auc[column] - reach), high: Math.min(1, auc[column] + reach) },
    averagePrecision: logitInterval(averagePrecision[column], hits + misses, z),
  };
}
