import { checkOptions } from '../input/check-options';
import type { Interval } from '../uncertainty/intervals-of';
import { reportHeadings } from './report-headings';
import type { ReportMetricName } from './report-types';
import { reviveUndefined } from './revive-undefined';
import type { ClassEvaluation, EvaluationIntervals, ScoreEvaluation } from './score-evaluation';
import { sortClasses } from './sort-classes';
import { type TableFormat, tableRules, writeTable } from './write-table';

/** A column of the table of classes that {@link formatEvaluation} writes. */
export type EvaluationColumn = Exclude<keyof ClassEvaluation, 'label' | 'intervals' | 'baseline'>;

/** Options of {@link formatEvaluation}. */
export interface FormatEvaluationOptions {
  /** Aligned tables for a terminal, markdown, or CSV (RFC 4180). Default `'text'`. */
  readonly format?: TableFormat;
  /** Sorts the classes by a column, or by their names; NaN comes last. Default: the order of the labels. */
  readonly sortBy?: EvaluationColumn | 'label';
  /** From the highest down. Default `true` for numbers, `false` for names. */
  readonly descending?: boolean;
  /** The number of classes to write, from the first. Default all. */
  readonly top?: number;
  /** Decimals. Default 3; all digits in CSV. */
  readonly digits?: number;
  /**
   * The greatest width of a text table, in characters. A wider table is divided into tables below each other,
   * and long names are cut. Default: no limit; Node's `console.log` gives the width of the terminal.
   */
  readonly width?: number;
}

const HEADINGS: Readonly<Record<EvaluationColumn, string>> = {
  ...reportHeadings,
  known: 'known',
  baseRate: 'base rate',
  predicted: 'predicted',
  threshold: 'threshold',
  calibrationError: 'ECE',
  logLoss: 'log loss',
  brier: 'Brier',
};

const COUNTS: ReadonlySet<EvaluationColumn> = new Set([
  'support',
  'known',
  'predicted',
  'tn',
  'fp',
  'fn',
  'tp',
]);

const SHOWN: readonly EvaluationColumn[] = [
  'support',
  'baseRate',
  'threshold',
  'predicted',
  'auc',
  'averagePrecision',
  'precision',
  'recall',
  'f1',
  'accuracy',
  'calibrationError',
];

const AVERAGED: readonly ReportMetricName[] = [
  'auc',
  'averagePrecision',
  'f1',
  'precision',
  'recall',
  'specificity',
  'accuracy',
];

const rules = {
  ...tableRules,
  sortBy: {
    accepts: (value: unknown) =>
      value === 'label' || (typeof value === 'string' && Object.hasOwn(HEADINGS, value)),
    expected: `label or one of ${Object.keys(HEADINGS).join(', ')}`,
  },
};

/**
 * Writes an evaluation as text, markdown or CSV: a table of averages next to those of the base rates, and a
 * table of classes.
 *
 * - CSV is only the table of classes, with every column. Intervals become columns, such as `AUC_low` and
 *   `AUC_high`.
 * - Text and markdown name, below the tables, the classes that are never predicted and those without positive
 *   rows.
 *
 * @param given what `evaluateScores` gives, or its JSON, parsed
 * @throws UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { evaluateScores, formatEvaluation } from '@thawjs/metrics';
 *
 * const evaluation = evaluateScores([[1, 0], [0, 1]], [[0.9, 0.2], [0.6, 0.9]], { labels: ['Smiling', 'Bald'] });
 * const lines = formatEvaluation(evaluation, { sortBy: 'precision', top: 1 }).split('\n');
 * console.log(lines[0]); // 2 rows, 2 classes
 * console.log(lines[3].slice(0, 18)); // AUC          1.000
 * console.log(formatEvaluation(evaluation, { format: 'csv' }).split('\n')[2]?.slice(0, 9)); // Bald,1,1,
 * ```
 */
export function formatEvaluation(
  given: Omit<ScoreEvaluation, 'toString' | 'toJSON'>,
  options: FormatEvaluationOptions = {},
): string {
  checkOptions('formatEvaluation', options, rules);
  const { format = 'text', sortBy, descending, top, width } = options;
  const evaluation = reviveUndefined(given);
  const sorted =
    sortBy === undefined ? evaluation.perClass : sortClasses(evaluation.perClass, sortBy, descending);
  const classes = sorted.slice(0, top);
  if (format === 'csv') return csvOf(classes, options.digits);
  const { rows, labels } = evaluation;
  const digits = options.digits ?? 3;
  return [
    `${rows} ${rows === 1 ? 'row' : 'rows'}, ${labels.length} ${labels.length === 1 ? 'class' : 'classes'}`,
    '',
    averagesOf(evaluation, format, digits, width),
    '',
    writeTable(
      ['', ...SHOWN.map((column) => HEADINGS[column]), 'F1 at ½'],
      classes.map((one) => [
        one.label,
        ...SHOWN.map((column) => cell(one, column, digits)),
        evaluation.atHalf.perClass[evaluation.perClass.indexOf(one)].f1.toFixed(digits),
      ]),
      format,
      width,
    ),
    ...remarks(evaluation),
  ].join('\n');
}

function averagesOf(
  {
    macro,
    micro,
    weighted,
    atHalf,
    baseline,
    intervals,
    ...own
  }: Omit<ScoreEvaluation, 'toString' | 'toJSON'>,
  format: TableFormat,
  digits: number,
  width: number | undefined,
): string {
  const shown = (value: number | undefined) => (value === undefined ? '' : value.toFixed(digits));
  const base = (name: string) => shown((baseline as unknown as Record<string, number>)[name]);
  const averages = AVERAGED.map((name) => {
    const interval = intervals?.macro[name as keyof typeof intervals.macro];
    return [
      reportHeadings[name],
      withInterval(shown(macro[name]), interval, digits),
      base(name),
      shown(atHalf.macro[name]),
      shown(micro[name]),
      shown(weighted[name]),
    ];
  });
  return writeTable(
    ['', 'macro', 'base rates', 'macro at ½', 'micro', 'weighted'],
    [
      ...averages,
      ['ECE', shown(own.calibrationError), '', '', '', ''],
      ['log loss', shown(own.logLoss), base('logLoss'), '', '', ''],
      ['Brier', shown(own.brier), base('brier'), '', '', ''],
    ],
    format,
    width,
  );
}

function remarks({
  neverPredicted,
  undefinedClasses,
  intervals,
}: Pick<ScoreEvaluation, 'neverPredicted' | 'undefinedClasses' | 'intervals'>): string[] {
  const lines = [
    ['never predicted', neverPredicted],
    ['without positive rows', undefinedClasses.recall],
    ['without negative rows', undefinedClasses.specificity],
  ] as const;
  const some = lines.filter(([, classes]) => classes.length > 0);
  const told = [
    ...some.map(([what, classes]) => `${what}: ${classes.join(', ')}`),
    ...(intervals ? [methodsOf(intervals)] : []),
  ];
  return told.length === 0 ? [] : ['', ...told];
}

function methodsOf({ confidence, method, resamples }: EvaluationIntervals): string {
  return (
    `intervals: ${Number((100 * confidence).toPrecision(4))} %, of averages by ${method} bootstrap with ${resamples} resamples ` +
    'of the rows (Efron 1979), of classes by DeLong et al. 1988 (AUC), Boyd et al. 2013 (AP) and Wilson 1927 (others)'
  );
}

function csvOf(classes: readonly ClassEvaluation[], digits: number | undefined): string {
  const columns = Object.keys(HEADINGS) as EvaluationColumn[];
  const intervals = Object.keys(classes[0]?.intervals ?? {}) as ReportMetricName[];
  const header = [
    'class',
    ...columns.map((column) => HEADINGS[column].replaceAll(' ', '_')),
    ...intervals.flatMap((name) => [`${reportHeadings[name]}_low`, `${reportHeadings[name]}_high`]),
  ];
  const shown = (value: number) => (digits === undefined ? String(value) : value.toFixed(digits));
  const rows = classes.map((one) => [
    one.label,
    ...columns.map((column) => (COUNTS.has(column) ? String(one[column]) : shown(one[column]))),
    ...intervals.flatMap((name) => [one.intervals![name].low, one.intervals![name].high].map(shown)),
  ]);
  return writeTable(header, rows, 'csv');
}

function cell(one: ClassEvaluation, column: EvaluationColumn, digits: number): string {
  if (COUNTS.has(column)) return String(one[column]);
  return withInterval(one[column].toFixed(digits), one.intervals?.[column as ReportMetricName], digits);
}

function withInterval(value: string, interval: Interval | undefined, digits: number): string {
  return interval === undefined
    ? value
    : `${value} [${interval.low.toFixed(digits)}, ${interval.high.toFixed(digits)}]`;
}
