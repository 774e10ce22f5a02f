import { poolCells } from '../decisions/average-ratio';
import { countCells } from '../decisions/count-cells';
import type { CheckedInputs } from '../input/check-inputs';
import { classIntervals } from './class-intervals';
import type { RankedColumns } from './rank-columns';
import type { ClassificationReport, ClassificationReportOptions } from './report-types';
import { type ReportValues, reportValues } from './report-values';
import { undefinedClasses } from './undefined-classes';

/** The data of a report at one threshold per class, from areas that are computed already. */
export function reportOf(
  metric: string,
  inputs: CheckedInputs,
  ranked: RankedColumns,
  options: ClassificationReportOptions,
): Omit<ClassificationReport, 'toString'> {
  const labels = options.labels ?? Array.from({ length: inputs.columns }, (_, column) => String(column));
  const cells = countCells(metric, inputs, options);
  const { confidence } = options;
  const pool = poolCells(cells);
  const support = pool.tp[0] + pool.fn[0];
  const perClass = reportValues(cells, ranked, 'none', options);
  const supports = labels.map((_, column) => cells.tp[column] + cells.fn[column]);
  const largest = supports.reduce((most, one) => Math.max(most, one), 0);
  return {
    perClass: labels.map((label, column) => ({
      label,
      tn: cells.tn[column],
      fp: cells.fp[column],
      fn: cells.fn[column],
      tp: cells.tp[column],
      ...valuesAt(perClass, column),
      support: supports[column],
      supportNorm: supports[column] / largest,
      ...(confidence === undefined ? {} : { intervals: classIntervals(cells, ranked, column, confidence) }),
    })),
    macro: { ...reportValues(cells, ranked, 'macro', options), support },
    micro: { ...reportValues(cells, ranked, 'micro', options), support },
    weighted: { ...reportValues(cells, ranked, 'weighted', options), support },
    undefinedClasses: undefinedByMetric(reportValues(cells, ranked, 'none', {}), labels),
  };
}

function valuesAt(values: ReportValues<'none'>, column: number): ReportValues<'macro'> {
  return {
    precision: values.precision[column],
    recall: values.recall[column],
    specificity: values.specificity[column],
    f1: values.f1[column],
    accuracy: values.accuracy[column],
    auc: values.auc[column],
    averagePrecision: values.averagePrecision[column],
  };
}

function undefinedByMetric(
  raw: ReportValues<'none'>,
  labels: readonly string[],
): ClassificationReport['undefinedClasses'] {
  return {
    precision: undefinedClasses(raw.precision, { labels }),
    recall: undefinedClasses(raw.recall, { labels }),
    specificity: undefinedClasses(raw.specificity, { labels }),
    f1: undefinedClasses(raw.f1, { labels }),
    auc: undefinedClasses(raw.auc, { labels }),
    averagePrecision: undefinedClasses(raw.averagePrecision, { labels }),
  };
}
