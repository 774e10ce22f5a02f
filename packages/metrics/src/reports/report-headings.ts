import type { ReportColumn, ReportMetricName } from './report-types';

/** The heading of each column of a table, counts first. */
export const reportHeadings: Readonly<Record<ReportColumn, string>> = {
  support: 'support',
  supportNorm: 'support_norm',
  tn: 'TN',
  fp: 'FP',
  fn: 'FN',
  tp: 'TP',
  precision: 'precision',
  recall: 'recall',
  specificity: 'specificity',
  f1: 'F1',
  accuracy: 'accuracy',
  auc: 'AUC',
  averagePrecision: 'AP',
};

/** The metrics of a report in the order of its table. */
export const reportMetricNames: readonly ReportMetricName[] = [
  'precision',
  'recall',
  'specificity',
  'f1',
  'accuracy',
  'auc',
  'averagePrecision',
];
