import { LabelShapeError } from '../errors';
import { formatComparison } from './format-comparison';
import { type MetricChanges, metricChanges } from './metric-changes';
import { printable } from './printable';
import { reportMetricNames } from './report-headings';
import type { ClassificationReport, ReportMetricName } from './report-types';

/** One class of a {@link ReportComparison}. */
export type ClassComparison = MetricChanges & {
  readonly label: string;
  readonly support: number;
};

/**
 * The number of classes in which the second model is better, worse or equal, or in which a metric is
 * undefined for one of the two.
 */
export interface ComparisonCounts {
  readonly better: number;
  readonly worse: number;
  readonly same: number;
  readonly undefined: number;
}

/** The result of {@link compare}. */
export interface ReportComparison {
  /** One entry per class, in the order of the reports. */
  readonly perClass: readonly ClassComparison[];
  readonly macro: MetricChanges;
  readonly micro: MetricChanges;
  readonly weighted: MetricChanges;
  /** For each metric, over the classes. */
  readonly counts: Readonly<Record<ReportMetricName, ComparisonCounts>>;
  /** An aligned text table of the differences. */
  toString(): string;
}

/**
 * Two models side by side: every metric of every class and average in `a`, in `b`, and the difference b − a.
 *
 * Both reports must be of the same labels on the same rows.
 *
 * - A difference is NaN if the metric is undefined for one of the two.
 * - `String(comparison)` is a table of the differences; `console.log(comparison)` in Node prints it.
 *
 * @param a the report of one model, such as the one in use
 * @param b the report of the other model
 * @throws LabelShapeError if the reports are not of the same classes with the same support, in the same order
 *
 * @example
 * ```ts
 * import { classificationReport, compare } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 0], [1, 1], [0, 1]];
 * const before = classificationReport(yTrue, [[0.9, 0.2], [0.6, 0.1], [0.7, 0.3], [0.2, 0.6]]);
 * const after = classificationReport(yTrue, [[0.9, 0.2], [0.4, 0.1], [0.7, 0.8], [0.2, 0.6]]);
 * const comparison = compare(before, after);
 * console.log(comparison.perClass[1].recall); // { a: 0.5, b: 1, difference: 0.5 }
 * console.log(comparison.counts.auc); // { better: 0, worse: 0, same: 2, undefined: 0 }
 * ```
 */
export function compare(a: ClassificationReport, b: ClassificationReport): ReportComparison {
  checkSameClasses(a, b);
  const perClass = a.perClass.map((one, at) => ({
    label: one.label,
    support: one.support,
    ...metricChanges(one, b.perClass[at]),
  }));
  const comparison = {
    perClass,
    macro: metricChanges(a.macro, b.macro),
    micro: metricChanges(a.micro, b.micro),
    weighted: metricChanges(a.weighted, b.weighted),
    counts: Object.fromEntries(
      reportMetricNames.map((name) => [name, countChanges(perClass.map((one) => one[name].difference))]),
    ) as Record<ReportMetricName, ComparisonCounts>,
  };
  return printable(comparison, (data) => formatComparison(data));
}

function countChanges(differences: readonly number[]): ComparisonCounts {
  const count = (holds: (difference: number) => boolean) => differences.filter(holds).length;
  return {
    better: count((difference) => difference > 0),
    worse: count((difference) => difference < 0),
    same: count((difference) => difference === 0),
    undefined: count(Number.isNaN),
  };
}

function checkSameClasses(a: ClassificationReport, b: ClassificationReport): void {
  const name = (one: ClassificationReport['perClass'][number] | undefined) =>
    one === undefined ? 'none' : `"${one.label}" with support ${one.support}`;
  for (let at = 0; at < Math.max(a.perClass.length, b.perClass.length); at++) {
    const [one, other] = [a.perClass[at], b.perClass[at]];
    if (one !== undefined && one.label === other?.label && one.support === other.support) continue;
    throw new LabelShapeError(
      `compare: expected reports of the same classes on the same rows; class ${at} of a is ${name(one)}, of b ${name(other)}.`,
    );
  }
}
