import type { ClassificationReport, ClassReport, ReportMetric, ReportMetrics } from './report-types';

const COUNTS = { support: 'support', tn: 'TN', fp: 'FP', fn: 'FN', tp: 'TP' } as const;

const METRICS = {
  precision: 'precision',
  recall: 'recall',
  specificity: 'specificity',
  f1: 'F1',
  accuracy: 'accuracy',
  auc: 'AUC',
  averagePrecision: 'AP',
} as const;

/** The report as an aligned text table, its undefined values named below. */
export function formatReport(report: Omit<ClassificationReport, 'toString'>): string {
  const header = ['', ...Object.values(COUNTS), ...Object.values(METRICS)];
  const classes = report.perClass.map((row) => [row.label, ...countsOf(row), ...metricsOf(row)]);
  const averages = (['macro', 'micro', 'weighted'] as const).map((name) => [
    name,
    ...countsOf(report[name]),
    ...metricsOf(report[name]),
  ]);
  const table = [header, ...classes, ...averages];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) => alignRow(row, widths));
  lines.splice(1 + classes.length, 0, '');
  return [...lines, ...undefinedLines(report.undefinedClasses)].join('\n');
}

function countsOf(row: ReportMetrics & Partial<ClassReport>): string[] {
  return (Object.keys(COUNTS) as (keyof typeof COUNTS)[]).map((name) => String(row[name] ?? ''));
}

function metricsOf(row: ReportMetrics): string[] {
  return (Object.keys(METRICS) as (keyof typeof METRICS)[]).map((name) => row[name].toFixed(3));
}

function alignRow(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
    .join('  ')
    .trimEnd();
}

function undefinedLines(undefinedClasses: Readonly<Record<ReportMetric, readonly string[]>>): string[] {
  const lines = Object.entries(undefinedClasses)
    .filter(([, labels]) => labels.length > 0)
    .map(([metric, labels]) => `undefined ${METRICS[metric as ReportMetric]}: ${labels.join(', ')}`);
  return lines.length === 0 ? [] : ['', ...lines];
}
