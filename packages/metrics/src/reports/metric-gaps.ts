import { reportMetricNames } from './report-headings';
import type { ReportMetricName, ReportMetrics } from './report-types';

/** The difference between groups in one metric. */
export interface MetricGap<G> {
  /** Highest minus lowest; NaN if fewer than two groups have a value. */
  readonly difference: number;
  /** Lowest divided by highest; NaN if fewer than two groups have a value, or all are 0. */
  readonly ratio: number;
  /** The group with the highest value, the first of several; undefined if no group has a value. */
  readonly highest: G | undefined;
  readonly lowest: G | undefined;
}

/** The gaps of all metrics of a report. */
export type MetricGaps<G> = Readonly<Record<ReportMetricName, MetricGap<G>>>;

/** The metrics of one group. */
export interface GroupMetrics<G> {
  readonly group: G;
  readonly metrics: Pick<ReportMetrics, ReportMetricName>;
}

export function metricGaps<G>(groups: readonly GroupMetrics<G>[]): MetricGaps<G> {
  return Object.fromEntries(
    reportMetricNames.map((name) => [
      name,
      gapOf(groups.map(({ group, metrics }) => ({ group, value: metrics[name] }))),
    ]),
  ) as MetricGaps<G>;
}

function gapOf<G>(groups: readonly { group: G; value: number }[]): MetricGap<G> {
  const defined = groups.filter(({ value }) => !Number.isNaN(value));
  const [first] = defined;
  if (first === undefined)
    return { difference: Number.NaN, ratio: Number.NaN, highest: undefined, lowest: undefined };
  const highest = defined.reduce((best, one) => (one.value > best.value ? one : best), first);
  const lowest = defined.reduce((worst, one) => (one.value < worst.value ? one : worst), first);
  const comparable = defined.length > 1;
  return {
    difference: comparable ? highest.value - lowest.value : Number.NaN,
    ratio: comparable ? lowest.value / highest.value : Number.NaN,
    highest: highest.group,
    lowest: lowest.group,
  };
}
