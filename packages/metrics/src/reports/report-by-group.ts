import { LabelShapeError } from '../errors';
import { checkDecisions } from '../input/check-decisions';
import { checkOptions, type OptionRule } from '../input/check-options';
import type { MatrixInput } from '../matrix-input';
import { classificationReport } from './classification-report';
import { formatGroups } from './format-groups';
import { type GroupMetrics, type MetricGaps, metricGaps } from './metric-gaps';
import { printable } from './printable';
import { type ClassificationReport, type ClassificationReportOptions, reportRules } from './report-types';
import { takeRows } from './take-rows';

/** The name of a group, such as the number of an identity or the value of an attribute. */
export type GroupName = string | number | boolean;

/** Options of {@link reportByGroup}. */
export interface ReportByGroupOptions extends ClassificationReportOptions {
  /**
   * The least number of rows of a group that counts in the gaps. A smaller group still has a report, but its
   * metrics are mostly chance. Default 1.
   */
  readonly minRows?: number;
}

/** One group of a {@link GroupedReport}. */
export interface GroupReport<G extends GroupName = GroupName> {
  readonly group: G;
  readonly rows: number;
  readonly report: ClassificationReport;
}

/** The result of {@link reportByGroup}. */
export interface GroupedReport<G extends GroupName = GroupName> {
  /** All rows together. */
  readonly overall: ClassificationReport;
  /** In the order in which the groups first appear. */
  readonly groups: readonly GroupReport<G>[];
  /** The differences between the groups. */
  readonly gaps: {
    readonly macro: MetricGaps<G>;
    readonly micro: MetricGaps<G>;
    readonly weighted: MetricGaps<G>;
    /** One entry per class, in the order of the columns. */
    readonly perClass: readonly (MetricGaps<G> & { readonly label: string })[];
  };
  /** An aligned text table: the macro averages of each group, and the gaps between them. */
  toString(): string;
}

const minRows: OptionRule = {
  accepts: (value) => Number.isInteger(value) && (value as number) >= 1,
  expected: 'an integer from 1',
};

/**
 * A report of each group of rows, and the gaps between groups: by identity, by the value of an attribute, by
 * source.
 *
 * The rows are divided by `groups`, and {@link classificationReport} is computed for each part. A gap has the
 * difference between the highest and the lowest value of the groups, and their ratio, lowest divided by
 * highest (fairlearn's `MetricFrame`: `difference` and `ratio`, method `'between_groups'`).
 *
 * - A group for which a metric is undefined is left out of this metric's gap; with fewer than two groups left
 *   the gap is NaN. Small groups often lack positives: `undefined: 'skip'` averages over the classes that
 *   have them.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @param groups the group of each row, one entry per row
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { reportByGroup } from '@thawjs/metrics';
 *
 * const yTrue = [[1], [0], [1], [1], [0], [0]];
 * const yScore = [[0.9], [0.2], [0.8], [0.3], [0.6], [0.1]];
 * const hats = ['hat', 'none', 'none', 'hat', 'hat', 'none'];
 * const { groups, gaps } = reportByGroup(yTrue, yScore, hats);
 * console.log(groups.map(({ group, rows, report }) => [group, rows, report.macro.recall])); // [ [ 'hat', 3, 0.5 ], [ 'none', 3, 1 ] ]
 * console.log(gaps.macro.recall.difference, gaps.macro.recall.lowest); // 0.5 hat
 * ```
 */
export function reportByGroup<G extends GroupName>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  groups: ArrayLike<G>,
  options: ReportByGroupOptions = {},
): GroupedReport<G> {
  checkOptions('reportByGroup', options, { ...reportRules, minRows });
  const { minRows: least = 1, ...reportOptions } = options;
  const { coding: _, ignoreValue: __, ...decoded } = reportOptions;
  const inputs = checkDecisions('reportByGroup', yTrue, yScore, options);
  if (groups.length !== inputs.rows) {
    throw new LabelShapeError(
      `reportByGroup: expected ${inputs.rows} entries in groups, one a row of yTrue; received ${groups.length}.`,
    );
  }
  const reports = Array.from(rowsOfGroups(groups), ([group, rows]) => {
    const taken = takeRows(inputs, rows);
    const report = classificationReport(taken.yTrue, taken.yScore, { ...decoded, ...taken.options });
    return { group, rows: rows.length, report };
  });
  const compared = reports.filter(({ rows }) => rows >= least);
  const gapsOf = (pick: (report: ClassificationReport) => GroupMetrics<G>['metrics']) =>
    metricGaps(compared.map(({ group, report }) => ({ group, metrics: pick(report) })));
  const overall = classificationReport(yTrue, yScore, reportOptions);
  const grouped = {
    overall,
    groups: reports,
    gaps: {
      macro: gapsOf(({ macro }) => macro),
      micro: gapsOf(({ micro }) => micro),
      weighted: gapsOf(({ weighted }) => weighted),
      perClass: overall.perClass.map(({ label }, column) => ({
        label,
        ...gapsOf(({ perClass }) => perClass[column]),
      })),
    },
  };
  return printable(grouped, (data) => formatGroups(data));
}

/** The rows of each group, groups in the order in which they first appear. */
export function rowsOfGroups<G>(groups: ArrayLike<G>): Map<G, number[]> {
  const rows = new Map<G, number[]>();
  for (let row = 0; row < groups.length; row++) {
    const known = rows.get(groups[row]!);
    if (known === undefined) rows.set(groups[row]!, [row]);
    else known.push(row);
  }
  return rows;
}
