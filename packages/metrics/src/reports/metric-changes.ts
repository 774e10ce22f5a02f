import { reportMetricNames } from './report-headings';
import type { ReportMetricName, ReportMetrics } from './report-types';

/** One metric of two models. */
export interface MetricChange {
  readonly a: number;
  readonly b: number;
  /** b − a: above 0 if b is higher. NaN if one of them is NaN. */
  readonly difference: number;
}

/** Every metric of a report, for two models. */
export type MetricChanges = Readonly<Record<ReportMetricName, MetricChange>>;

export function metricChanges(
  a: Pick<ReportMetrics, ReportMetricName>,
  b: Pick<ReportMetrics, ReportMetricName>,
): MetricChanges {
  return Object.fromEntries(
    reportMetricNames.map((name) => [name, { a: a[name], b: b[name], difference: b[name] - a[name] }]),
  ) as MetricChanges;
}
