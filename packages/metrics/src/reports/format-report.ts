import { checkOptions, type OptionRule } from '../input/check-options';
import { flag } from '../input/option-rules';
import { reportHeadings, reportMetricNames } from './report-headings';
import type {
  ClassificationReport,
  ClassReport,
  ReportColumn,
  ReportMetric,
  ReportMetricName,
} from './report-types';
import { reviveUndefined } from './revive-undefined';
import { sortClasses } from './sort-classes';
import { type TableFormat, type TableRows, tableRules, writeTable } from './write-table';

/** Options of {@link formatReport}. */
export interface FormatReportOptions {
  /** An aligned table for a terminal, a markdown table, or CSV (RFC 4180). Default `'text'`. */
  readonly format?: TableFormat;
  /** Columns from left to right, behind the class' name. Default: support, the four counts and the metrics. */
  readonly columns?: readonly ReportColumn[];
  /** Sorts the classes by a column, or by their names; NaN comes last. Default: the order of the columns of the labels. */
  readonly sortBy?: ReportColumn | 'label';
  /** From the highest down. Default `true` for numbers, `false` for names. */
  readonly descending?: boolean;
  /** The number of classes to write, from the first. Averages stay those of all classes. Default all. */
  readonly top?: number;
  /** Whether macro, micro and weighted averages follow the classes. Default `true`. */
  readonly averages?: boolean;
  /** Decimals of metrics. Default 3; all digits in CSV. */
  readonly digits?: number;
  /** The greatest width of a text table, as for {@link formatEvaluation}. Default: no limit. */
  readonly width?: number;
}

const DEFAULT_COLUMNS: readonly ReportColumn[] = ['support', 'tn', 'fp', 'fn', 'tp', ...reportMetricNames];
const COUNTS: ReadonlySet<ReportColumn> = new Set(['support', 'tn', 'fp', 'fn', 'tp']);

const isColumn = (value: unknown): boolean =>
  typeof value === 'string' && Object.hasOwn(reportHeadings, value);
const columnNames = Object.keys(reportHeadings).join(', ');
const rules: Readonly<Record<keyof FormatReportOptions, OptionRule>> = {
  ...tableRules,
  columns: {
    accepts: (value) => Array.isArray(value) && value.every(isColumn),
    expected: `an array of columns among ${columnNames}`,
  },
  sortBy: {
    accepts: (value) => value === 'label' || isColumn(value),
    expected: `label or one of ${columnNames}`,
  },
  averages: flag,
};

/**
 * Writes a report as an aligned text table, as markdown or as CSV, sorted by any column.
 *
 * - Text and markdown name the classes with undefined metrics below the table; CSV is only the table.
 *   Undefined values are `NaN`, which pandas and R read as such.
 * - If the report has confidence intervals, they follow their value in brackets. In CSV they are columns,
 *   such as `F1_low` and `F1_high`.
 * - Averages have a support and metrics but no counts; those cells are empty.
 * - {@link confusionColumns} is a table that begins with TN, FP, FN and TP.
 *
 * @param given the result of {@link classificationReport}, or its JSON, parsed
 * @throws UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { classificationReport, formatReport } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 1], [1, 0], [0, 1]];
 * const yScore = [[0.9, 0.2], [0.6, 0.9], [0.7, 0.3], [0.2, 0.8]];
 * const report = classificationReport(yTrue, yScore, { labels: ['Smiling', 'Bald'] });
 * const columns = ['support', 'precision', 'f1'] as const;
 * const csv = formatReport(report, { format: 'csv', columns, sortBy: 'precision', averages: false });
 * console.log(csv.split('\n').slice(1)); // [ 'Bald,2,1,1', 'Smiling,2,0.6666666666666666,0.8' ]
 * console.log(formatReport(report, { format: 'markdown', columns }).split('\n')[1]); // | -------- | ------: | --------: | ----: |
 * ```
 */
export function formatReport(
  given: Omit<ClassificationReport, 'toString'>,
  options: FormatReportOptions = {},
): string {
  checkOptions('formatReport', options, rules);
  const report = reviveUndefined(given);
  const {
    format = 'text',
    columns = DEFAULT_COLUMNS,
    sortBy,
    descending,
    top,
    averages = true,
    width,
  } = options;
  const digits = options.digits ?? (format === 'csv' ? undefined : 3);
  const sorted = sortBy === undefined ? report.perClass : sortClasses(report.perClass, sortBy, descending);
  const separate = format === 'csv' && report.perClass.some(({ intervals }) => intervals !== undefined);
  const cellsOf = (metrics: Partial<ClassReport>) =>
    columns.flatMap((column) => {
      const value = shown(metrics[column], COUNTS.has(column) ? undefined : digits);
      if (!isMetric(column)) return [value];
      const interval = metrics.intervals?.[column];
      const [low, high] = [shown(interval?.low, digits), shown(interval?.high, digits)];
      if (separate) return [value, low, high];
      return [interval === undefined ? value : `${value} [${low}, ${high}]`];
    });
  const classes = sorted.slice(0, top).map((one) => [one.label, ...cellsOf(one)]);
  const averaged = (['macro', 'micro', 'weighted'] as const).map((name) => [name, ...cellsOf(report[name])]);
  const rows: TableRows = averages ? [...classes, undefined, ...averaged] : classes;
  const header = columns.flatMap((column) => {
    const name = reportHeadings[column];
    return separate && isMetric(column) ? [name, `${name}_low`, `${name}_high`] : [name];
  });
  const table = writeTable([format === 'csv' ? 'class' : '', ...header], rows, format, width);
  if (format === 'csv') return table;
  return [table, ...undefinedLines(report.undefinedClasses, new Set<string>(columns))].join('\n');
}

function shown(value: number | undefined, digits: number | undefined): string {
  if (value === undefined) return '';
  return digits === undefined ? String(value) : value.toFixed(digits);
}

function isMetric(column: ReportColumn): column is ReportMetricName {
  return (reportMetricNames as readonly ReportColumn[]).includes(column);
}

function undefinedLines(
  undefinedClasses: Readonly<Record<ReportMetric, readonly string[]>>,
  shown: ReadonlySet<string>,
): string[] {
  const lines = Object.entries(undefinedClasses)
    .filter(([metric, labels]) => shown.has(metric) && labels.length > 0)
    .map(([metric, labels]) => `undefined ${reportHeadings[metric as ReportMetric]}: ${labels.join(', ')}`);
  return lines.length === 0 ? [] : ['', ...lines];
}
