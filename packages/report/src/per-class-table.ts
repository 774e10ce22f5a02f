import { ReportEmptyError } from './errors';
import { escapeMarkup, nameMarkup } from './escape-markup';
import { averageLevel, classLevel, type MetricLevel } from './metric-level';
import { tableSortScript } from './table-sort-script';
import { tableStyle } from './table-style';

/** The metrics of one class or of an average, as `classificationReport` of `@thawjs/metrics` returns them. */
export interface PerClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly specificity: number;
  readonly f1: number;
  readonly accuracy: number;
  readonly auc: number;
  readonly averagePrecision: number;
  /** The number of positives. */
  readonly support: number;
}

/** The input of {@link perClassTable}; `classificationReport` of `@thawjs/metrics` returns it. */
export interface PerClassReport {
  readonly perClass: readonly (PerClassMetrics & {
    readonly label: string;
    readonly tn: number;
    readonly fp: number;
    readonly fn: number;
    readonly tp: number;
  })[];
  readonly macro?: PerClassMetrics;
  readonly micro?: PerClassMetrics;
  readonly weighted?: PerClassMetrics;
  /** For each metric the classes for which it is undefined, even if a number replaced it. */
  readonly undefinedClasses?: Readonly<Record<string, readonly string[]>>;
}

type Metric = Exclude<keyof PerClassMetrics, 'support'>;

const COUNTS = [
  ['support', 'Support', 'images that have the class'],
  ['tp', 'TP', 'true positives: predicted and true'],
  ['fp', 'FP', 'false positives: predicted, not true'],
  ['fn', 'FN', 'false negatives: true, not predicted'],
  ['tn', 'TN', 'true negatives: neither'],
] as const;
const METRICS: readonly (readonly [Metric, string, meaning: string, undefinedWhere: string])[] = [
  ['precision', 'Precision', 'TP / (TP + FP)', 'the class is never predicted'],
  ['recall', 'Recall', 'TP / (TP + FN)', 'no image has the class'],
  ['specificity', 'Specificity', 'TN / (TN + FP)', 'every image has the class'],
  ['f1', 'F1', '2 TP / (2 TP + FP + FN)', 'the class is neither present nor predicted'],
  ['accuracy', 'Accuracy', '(TP + TN) / images', 'there is no image'],
  ['auc', 'AUC', 'area under the ROC curve, at no threshold', 'all images have the class, or none has'],
  ['averagePrecision', 'Avg. precision', 'area under precision over recall', 'no image has the class'],
];
const AVERAGES = [
  ['macro', 'Macro average'],
  ['micro', 'Micro average'],
  ['weighted', 'Weighted average'],
] as const;

/**
 * Shows a classification report as an HTML table, with one row per class, and the averages at the foot.
 *
 * Metrics from 0.8 on are green, from 0.5 on blue, and below red; a legend explains this. A value that the
 * same answer for every image would reach is red or has no colour, however high it is. So a specificity of 1
 * isn't green if the class is never predicted. The same holds for macro and weighted averages; micro averages
 * have no colour. An undefined metric is shown as "undefined", and a note under
 * the table gives the reason and the classes. A click on a header sorts the rows, a second click reverses the
 * order; undefined values stay last. The table has its own style, for light and dark pages.
 *
 * @param report - the result of `classificationReport` of `@thawjs/metrics`, or an object of the same form
 * @returns an HTML fragment; also what `htmlReport` takes
 * @throws ReportEmptyError without a class
 *
 * @example
 * ```ts
 * import { perClassTable } from '@thawjs/report';
 *
 * const bald = {
 *   label: 'Bald', tn: 8, fp: 0, fn: 2, tp: 0, support: 2,
 *   precision: Number.NaN, recall: 0, specificity: 1, f1: 0, accuracy: 0.8, auc: 0.75, averagePrecision: 0.5,
 * };
 * const html = perClassTable({ perClass: [bald] });
 * console.log(html.includes('Precision is undefined where the class is never predicted: Bald.')); // true
 * ```
 */
export function perClassTable(report: PerClassReport): string {
  if (report.perClass.length === 0) {
    throw new ReportEmptyError('perClassTable: expected a report of at least one class; received none.');
  }
  const heads = [
    head('Class', 'click to sort by name', 'label'),
    ...[...COUNTS, ...METRICS].map(([key, name, meaning]) => head(name, meaning, key)),
  ];
  const rows = report.perClass.map((one) =>
    [
      `<tr><th scope="row" data-value="${escapeMarkup(one.label)}">${nameMarkup(one.label)}</th>`,
      ...COUNTS.map(
        ([key]) =>
          `<td data-value="${one[key]}" data-column="${key}">${one[key].toLocaleString('en-US')}</td>`,
      ),
      ...METRICS.map(([key]) => metricCell(one[key], key, classLevel(one, key))),
      '</tr>',
    ].join(''),
  );
  const averages = AVERAGES.flatMap(([key, name]) => {
    const average = report[key];
    if (!average) return [];
    // Which classes are frequent decides much of a micro average, so it has no colour.
    const levelOf = (metric: Metric): MetricLevel =>
      key === 'micro' ? 'none' : averageLevel(average, metric, report.perClass, key === 'weighted');
    const support = `<td data-column="support">${average.support.toLocaleString('en-US')}</td>`;
    return [
      `<tr><th scope="row">${name}</th>${support}<td colspan="4" data-column="tp"></td>${METRICS.map(([metric]) => metricCell(average[metric], metric, levelOf(metric))).join('')}</tr>`,
    ];
  });
  return [
    '<div class="thaw-table">',
    `<style>${tableStyle}</style>`,
    '<p class="thaw-legend"><span data-level="high">0.8 and above</span> <span data-level="middle">0.5 to 0.8</span> <span data-level="low">below 0.5, or no better than the same answer for every image</span></p>',
    '<p class="thaw-narrow-note">A wider page shows all columns.</p>',
    '<div class="thaw-scroll" tabindex="0" role="region" aria-label="Metrics of each class">',
    '<table><caption>Metrics of each class; click a header to sort</caption>',
    `<thead><tr>${heads.join('')}</tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody>`,
    averages.length > 0 ? `<tfoot>${averages.join('\n')}</tfoot>` : '',
    '</table></div>',
    ...notes(report),
    '</div>',
    `<script>${tableSortScript}</script>`,
  ].join('\n');
}

function head(name: string, meaning: string, column: string): string {
  return `<th scope="col" data-column="${column}" data-name="${escapeMarkup(name)}"><button type="button" title="${escapeMarkup(meaning)}">${escapeMarkup(name)}</button></th>`;
}

function metricCell(value: number, metric: Metric, level: MetricLevel): string {
  const column = ` data-column="${metric}"`;
  if (Number.isNaN(value)) return `<td data-value="" data-level="none"${column}>undefined</td>`;
  return `<td data-value="${value}" data-level="${level}"${column}>${value.toFixed(3)}</td>`;
}

function notes({ perClass, macro, micro, weighted, undefinedClasses = {} }: PerClassReport): string[] {
  const reasons = METRICS.flatMap(([key, name, , where]) => {
    const nan = perClass.filter((one) => Number.isNaN(one[key])).map(({ label }) => label);
    const labels = [...new Set([...nan, ...(undefinedClasses[key] ?? [])])];
    return labels.length > 0
      ? [`<li>${name} is undefined where ${where}: ${labels.map(nameMarkup).join(', ')}.</li>`]
      : [];
  });
  if (reasons.length === 0) return [];
  const averaged = [macro, micro, weighted].some(
    (average) => average && METRICS.some(([key]) => Number.isNaN(average[key])),
  );
  const skipped = METRICS.some(
    ([key]) => macro && !Number.isNaN(macro[key]) && perClass.some((one) => Number.isNaN(one[key])),
  );
  if (skipped) reasons.push('<li>Averages leave undefined values out.</li>');
  else if (averaged) reasons.push('<li>An average over an undefined value is undefined too.</li>');
  return [`<ul class="thaw-notes">${reasons.join('\n')}</ul>`];
}
