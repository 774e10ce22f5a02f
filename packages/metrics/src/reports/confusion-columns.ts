import type { ReportColumn } from './report-types';

/**
 * The columns of a table that starts from the confusion counts, for {@link formatReport}: TN, FP, FN, TP, recall, specificity, precision,
 * accuracy, F1, support and support_norm.
 *
 * @example
 * ```ts
 * import { classificationReport, confusionColumns, formatReport } from '@thawjs/metrics';
 *
 * const report = classificationReport([[1, 0], [0, 0], [1, 1]], [[0.9, 0.7], [0.6, 0.8], [0.7, 0.9]]);
 * const worst = formatReport(report, { format: 'csv', columns: confusionColumns, sortBy: 'fp', top: 1, averages: false });
 * const [header, first] = worst.split('\n');
 * console.log(header); // class,TN,FP,FN,TP,recall,specificity,precision,accuracy,F1,support,support_norm
 * console.log(first); // 1,0,2,0,1,1,0,0.3333333333333333,0.3333333333333333,0.5,1,0.5
 * ```
 */
export const confusionColumns: readonly ReportColumn[] = [
  'tn',
  'fp',
  'fn',
  'tp',
  'recall',
  'specificity',
  'precision',
  'accuracy',
  'f1',
  'support',
  'supportNorm',
];
