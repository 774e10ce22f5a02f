import { meanOf } from '../averaging/mean-of';
import { checkOptions } from '../input/check-options';
import { knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countKnown, countPositives } from './count-labels';
import { imbalanceRatios } from './imbalance-ratio-per-label';
import { scumbleOfRows } from './scumble-of-rows';

/** One label of {@link LabelStatistics}. */
export interface LabelStatistic {
  readonly label: string;
  /** Rows that are known to have it. */
  readonly positives: number;
  /** Rows in which it is known. */
  readonly known: number;
  /** positives / known; NaN where it is known in no row. */
  readonly share: number;
  /** {@link imbalanceRatioPerLabel}; NaN without positives. */
  readonly imbalanceRatio: number;
  /** {@link scumble} of the label; NaN without positives. */
  readonly scumble: number;
}

/** What {@link labelStatistics} gives. */
export interface LabelStatistics {
  /** All rows, those in which nothing is known included. */
  readonly rows: number;
  /** In the order of the columns. */
  readonly perLabel: readonly LabelStatistic[];
  /** Over the labels that have positives; `withoutPositives` names the others. */
  readonly meanImbalanceRatio: number;
  readonly cardinality: number;
  readonly density: number;
  readonly scumble: number;
  /** Labels that no row is known to have. */
  readonly withoutPositives: readonly string[];
}

/**
 * What there is to know of a multilabel data set before training: counts, imbalance and concurrence, in two passes.
 *
 * {@link positiveCounts}, {@link imbalanceRatioPerLabel}, {@link meanImbalanceRatio} (labels without positives left
 * out, and named), {@link labelCardinality}, {@link labelDensity} and {@link scumble} together.
 *
 * @param yTrue labels, 0/1, rows × classes; what `mask` or `ignoreValue` leave out is unknown
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { labelStatistics } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0, 1], [1, 0, 0], [1, 0, 1], [1, 0, 0]];
 * const statistics = labelStatistics(yTrue, { labels: ['Young', 'Bald', 'Smiling'] });
 * console.log(statistics.perLabel[2].share, statistics.perLabel[2].imbalanceRatio); // 0.5 2
 * console.log(statistics.cardinality, statistics.density); // 1.5 0.5
 * console.log(statistics.meanImbalanceRatio, statistics.withoutPositives); // 1.5 [ 'Bald' ]
 * ```
 */
export function labelStatistics(yTrue: MatrixInput, options: KnownLabelOptions = {}): LabelStatistics {
  checkOptions('labelStatistics', options, knownLabelRules);
  const checked = checkLabels('labelStatistics', yTrue, options);
  const { rows } = checked;
  const counts = countPositives(checked);
  const ratios = imbalanceRatios(counts);
  const { values, sums } = scumbleOfRows(checked, ratios);
  const positives = counts.reduce((sum, count) => sum + count, 0);
  const known = countKnown(checked);
  const perLabel = Array.from(counts, (count, column) => ({
    label: options.labels?.[column] ?? String(column),
    positives: count,
    known: known.perLabel[column],
    share: count / known.perLabel[column],
    imbalanceRatio: ratios[column],
    scumble: sums[column] / count,
  }));
  return {
    rows,
    perLabel,
    meanImbalanceRatio: meanOf(ratios, 'skip'),
    cardinality: positives / known.rows,
    density: positives / known.cells,
    scumble: values.reduce((sum, value) => sum + value, 0) / known.rows,
    withoutPositives: perLabel.filter((one) => one.positives === 0).map(({ label }) => label),
  };
}
