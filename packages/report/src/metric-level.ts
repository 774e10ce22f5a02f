import type { PerClassReport } from './per-class-table';

/** The colour level of a metric: from 0.8 on, from 0.5 on, below 0.5, or no colour. */
export type MetricLevel = 'high' | 'middle' | 'low' | 'none';

type Counted = PerClassReport['perClass'][number];
type Metric = Exclude<keyof Counted, 'label' | 'support' | 'tp' | 'fp' | 'fn' | 'tn'>;

/** The level of a value if nothing else is known about it. */
function valueLevel(value: number): MetricLevel {
  if (Number.isNaN(value)) return 'none';
  return value >= 0.8 ? 'high' : value >= 0.5 ? 'middle' : 'low';
}

/**
 * The level of a class' metric. A value is at most `'low'` if one answer for every image reaches it: "has the
 * class" or "doesn't have it". If recall and specificity add up to 1 or less, the higher of them has no
 * colour, because a constant answer reaches it, too. If all images have the class, or none has it, no metric
 * has a colour.
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

/**
 * The level of an average over the classes, weighted by the number of positives or not. The same rules hold
 * as for a class: an average that constant answers reach is `'low'`, or has no colour.
 */
export function averageLevel(
  average: Readonly<Record<Metric, number>>,
  metric: Metric,
  perClass: readonly Counted[],
  isWeighted: boolean,
): MetricLevel {
  const level = valueLevel(average[metric]);
  if (level === 'none' || level === 'low') return level;
  if (metric === 'recall' || metric === 'specificity') {
    return average.recall + average.specificity > 1 ? level : 'none';
  }
  let [sum, total] = [0, 0];
  for (const one of perClass) {
    const weight = isWeighted ? one.support : 1;
    if (weight === 0 || Number.isNaN(one[metric])) continue;
    sum += weight * constantAnswer(one, metric);
    total += weight;
  }
  return average[metric] > sum / total ? level : 'low';
}

/** The value that a constant answer for every image reaches. */
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
