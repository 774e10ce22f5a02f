import { poolCells } from '../decisions/average-ratio';
import { countCells } from '../decisions/count-cells';
import { OptionValueError } from '../errors';
import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import type { MatrixInput } from '../matrix-input';
import { classIntervals } from './class-intervals';
import { formatReport } from './format-report';
import { printable } from './printable';
import { rankColumns } from './rank-columns';
import { type ClassificationReport, type ClassificationReportOptions, reportRules } from './report-types';
import { type ReportValues, reportValues } from './report-values';
import { undefinedClasses } from './undefined-classes';

/**
 * Every per-class number of a multilabel evaluation, with its averages, as an object that prints as a table.
 *
 * Precision, recall, specificity tn / (tn + fp), F1 and accuracy (tp + tn) / rows hold at the threshold; AUC
 * ({@link rocAucScore}) and average precision ({@link averagePrecisionScore}) are exact and know no threshold.
 *
 * - An undefined value is NaN, and so are macro and weighted averages over it; `undefinedClasses` names the classes
 *   under each metric, also where `zeroDivision` (ratios only) or `undefined` (areas too) replaced the value.
 *   scikit-learn's `classification_report` prints 0 with a warning.
 * - `confidence: 0.95` adds an interval to each metric of each class: Wilson's for the shares, and for F1 through tp / (tp + fp + fn), of
 *   which it is a rising function; DeLong's for AUC, within [0, 1]; Boyd's logit interval for average precision. They
 *   take rows for independent: several images of a person make them too narrow. Averages have none: labels of a row
 *   are not independent.
 * - `weighted` weighs every metric by the class' positives.
 * - `String(report)` is the table, and `console.log(report)` in Node prints it; {@link formatReport} sorts it and writes markdown
 *   and CSV. The rest is plain data: `JSON.stringify` keeps it all (NaN becomes null there), `console.table(report.perClass)`
 *   works in browsers.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { classificationReport } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 0], [1, 0], [0, 0]];
 * const yScore = [[0.9, 0.2], [0.6, 0.1], [0.7, 0.3], [0.2, 0.4]];
 * const report = classificationReport(yTrue, yScore, { labels: ['Smiling', 'Bald'] });
 * console.log(report.perClass[0].precision); // 0.6666666666666666
 * console.log(report.macro.auc); // NaN
 * console.log(report.undefinedClasses.auc); // [ 'Bald' ]
 * console.log(String(report).split('\n')[1].slice(0, 30)); // Smiling         2   1   1   0
 * ```
 */
export function classificationReport(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: ClassificationReportOptions = {},
): ClassificationReport {
  checkOptions('classificationReport', options, reportRules);
  const inputs = checkDecisions('classificationReport', yTrue, yScore, options);
  const labels = options.labels ?? Array.from({ length: inputs.columns }, (_, column) => String(column));
  const cells = countCells('classificationReport', inputs, options);
  const { confidence } = options;
  if (confidence !== undefined && inputs.weights !== undefined) {
    throw new OptionValueError(
      'classificationReport: expected confidence without sampleWeight, as its intervals count rows; received both. Take bootstrap for weighted rows.',
    );
  }
  const ranked = rankColumns(inputs, confidence !== undefined);
  const pool = poolCells(cells);
  const support = pool.tp[0] + pool.fn[0];
  const perClass = reportValues(cells, ranked, 'none', options);
  const supports = labels.map((_, column) => cells.tp[column] + cells.fn[column]);
  const largest = supports.reduce((most, one) => Math.max(most, one), 0);
  const report = {
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
  return printable(report, (data) => formatReport(data));
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
