import { OptionValueError } from '../errors';
import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import type { MatrixInput } from '../matrix-input';
import { formatReport } from './format-report';
import { printable } from './printable';
import { rankColumns } from './rank-columns';
import { reportOf } from './report-of';
import { type ClassificationReport, type ClassificationReportOptions, reportRules } from './report-types';

/**
 * All per-class metrics of a multilabel evaluation with their averages, as an object that prints as a table.
 *
 * Precision, recall, specificity tn / (tn + fp), F1 and accuracy (tp + tn) / rows depend on the threshold.
 * AUC ({@link rocAucScore}) and average precision ({@link averagePrecisionScore}) are exact, and don't depend
 * on it.
 *
 * - An undefined value is NaN, and so are macro and weighted averages over it. `undefinedClasses` names the
 *   classes for each metric, even if `zeroDivision` (ratios only) or `undefined` (areas, too) replaced the
 *   value. scikit-learn's `classification_report` prints 0 with a warning.
 * - `confidence: 0.95` adds an interval to each metric of each class. Shares have Wilson's interval; F1 has
 *   that of tp / (tp + fp + fn), in which it is increasing. AUC has DeLong's, within [0, 1], and average
 *   precision Boyd's logit interval. The intervals assume independent rows: several images of the same person
 *   make them too narrow. Averages have none, because the labels of a row are not independent.
 * - `weighted` weighs every metric by the positives of the class.
 * - `String(report)` is the table, and `console.log(report)` in Node prints it; {@link formatReport} sorts
 *   it, and writes markdown and CSV. The rest is plain data: `JSON.stringify` keeps all of it (NaN becomes
 *   null), and `console.table(report.perClass)` works in browsers.
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
  const { confidence } = options;
  if (confidence !== undefined && inputs.weights !== undefined) {
    throw new OptionValueError(
      'classificationReport: expected confidence without sampleWeight, as its intervals count rows; received both. Take bootstrap for weighted rows.',
    );
  }
  const ranked = rankColumns(inputs, confidence !== undefined);
  return printable(reportOf('classificationReport', inputs, ranked, options), (data, width) =>
    formatReport(data, { ...(width && { width }) }),
  );
}
