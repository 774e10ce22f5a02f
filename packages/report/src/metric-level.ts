import type { PerClassReport } from './per-class-table';

/** How a metric is coloured: from 0.8 on, from 0.5 on, below; or not at all. */
export type MetricLevel = 'high' | 'middle' | 'low' | 'none';

type Counted = PerClassReport['perClass'][number];
type Metric = Exclude<keyof Counted, 'label' | 'support' | 'tp' | 'fp' | 'fn' | 'tn'>;

/** The level of a value of which nothing else is known. */
export function valueLevel(value: number): MetricLevel {
  if (Number.isNaN(value)) return 'none';
  return value >= 0.8 ? 'high' : value >= 0.5 ? 'middle' : 'low';
}

/**
 * The level of a class' metric. A value is no better than `'low'` if one answer for every image reaches it: that the class is
 * there, or that it isn't. Recall and specificity are no merit of their own: if they add up to 1 or less, the higher of them
 * has no colour. Nothing has one if all images have the class, or none has.
 */
export function classLevel(one: Counted, metric: Metric): MetricLevel {
  const value = one[metric];
  const level = valueLevel(value);
  if (level === 'none' || level === 'low') return level;
  if (metric === 'recall' || metric === 'specificity') {
    return one.recall + one.specificity > 1 ? level : 'none';
  }
  if (one.support === 0 || one.tn + one.fp === 0) return 'none';
  return value > constantAnswer(one, metric) ? level : 'low';
}

/** What one answer for every image reaches. */
function constantAnswer(
  { tp, fp, fn, tn }: Counted,
  metric: Exclude<Metric, 'recall' | 'specificity'>,
): number {
  const share = (tp + fn) / (tp + fp + fn + tn);
  switch (metric) {
    case 'precision':
    case 'averagePrecision':
      return share;
    case 'f1':
      return (2 * share) / (1 + share);
    case 'accuracy':
      return Math.max(share, 1 - share);
    case 'auc':
      return 0.5;
  }
}
