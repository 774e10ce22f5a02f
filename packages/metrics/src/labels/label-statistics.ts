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
  /** The number of rows that are known to have the label. */
  readonly positives: number;
  /** The number of rows in which the label is known. */
  readonly known: number;
  /** positives / known; NaN if the label is known in no row. */
  readonly share: number;
  /** {@link imbalanceRatioPerLabel} of the label; NaN without positives. */
  readonly imbalanceRatio: number;
  /** {@link scumble} of the label; NaN without positives. */
  readonly scumble: number;
}

/** The result of {@link labelStatistics}. */
export interface LabelStatistics {
  /** The number of all rows, including rows without known labels. */
  readonly rows: number;
  /** In the order of the columns. */
  readonly perLabel: readonly LabelStatistic[];
  /** The mean over the labels that have positives; `withoutPositives` names the others. */
  readonly meanImbalanceRatio: number;
  readonly cardinality: number;
  readonly density: number;
  readonly scumble: number;
  /** Labels that no row is known to have. */
  readonly withoutPositives: readonly string[];
}

/**
 * The statistics of a multilabel data set before training: counts, imbalance and concurrence.
 *
 * Two passes compute {@link positiveCounts}, {@link imbalanceRatioPerLabel}, {@link meanImbalanceRatio},
 * {@link labelCardinality}, {@link labelDensity} and {@link scumble} together. The mean imbalance ratio
 * leaves out labels without positives, which are named.
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
