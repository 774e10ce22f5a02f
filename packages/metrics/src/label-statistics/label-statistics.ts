import { meanOf } from '../averaging/mean-of';
import { checkOptions } from '../input/check-options';
import { labelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { LabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPositives } from './count-positives';
import { imbalanceRatios } from './imbalance-ratios';
import { scumbleOfRows } from './scumble-of-rows';

/** One label of {@link LabelStatistics}. */
export interface LabelStatistic {
  readonly label: string;
  /** Rows that have it. */
  readonly positives: number;
  /** positives / rows. */
  readonly share: number;
  /** {@link imbalanceRatioPerLabel}; NaN without positives. */
  readonly imbalanceRatio: number;
  /** {@link scumble} of the label; NaN without positives. */
  readonly scumble: number;
}

/** What {@link labelStatistics} gives. */
export interface LabelStatistics {
  readonly rows: number;
  /** In the order of the columns. */
  readonly perLabel: readonly LabelStatistic[];
  /** Over the labels that have positives; `withoutPositives` names the others. */
  readonly meanImbalanceRatio: number;
  readonly cardinality: number;
  readonly density: number;
  readonly scumble: number;
  /** Labels that no row has. */
  readonly withoutPositives: readonly string[];
}

/**
 * What there is to know of a multilabel data set before training: counts, imbalance and concurrence, in two passes.
 *
 * {@link positiveCounts}, {@link imbalanceRatioPerLabel}, {@link meanImbalanceRatio} (labels without positives left
 * out, and named), {@link labelCardinality}, {@link labelDensity} and {@link scumble} together.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError
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
export function labelStatistics(yTrue: MatrixInput, options: LabelOptions = {}): LabelStatistics {
  checkOptions('labelStatistics', options, labelRules);
  const checked = checkLabels('labelStatistics', yTrue, options.labels);
  const { rows, columns } = checked;
  const counts = countPositives(checked);
  const ratios = imbalanceRatios(counts);
  const { values, sums } = scumbleOfRows(checked, ratios);
  const positives = counts.reduce((sum, count) => sum + count, 0);
  const perLabel = Array.from(counts, (count, column) => ({
    label: options.labels?.[column] ?? String(column),
    positives: count,
    share: count / rows,
    imbalanceRatio: ratios[column]!,
    scumble: sums[column]! / count,
  }));
  return {
    rows,
    perLabel,
    meanImbalanceRatio: meanOf(ratios, 'skip'),
    cardinality: positives / rows,
    density: positives / (rows * columns),
    scumble: values.reduce((sum, value) => sum + value, 0) / rows,
    withoutPositives: perLabel.filter((one) => one.positives === 0).map(({ label }) => label),
  };
}
