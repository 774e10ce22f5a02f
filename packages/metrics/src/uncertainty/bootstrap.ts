import { LabelShapeError } from '../errors';
import { type CheckedInputs, checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import type { Matrix, MatrixInput } from '../matrix-input';
import type { Average, InputOptions } from '../options';
import { averagePrecisionScore } from '../ranking/average-precision-score';
import { type RocAucOptions, rocAucScore } from '../ranking/roc-auc-score';
import { takeRows } from '../reports/take-rows';
import { bootstrapRules } from './bootstrap-rules';
import { intervalsOf } from './intervals-of';
import { randomIntegers } from './random-integers';
import { type ResampledArea, resampledAreas } from './resampled-areas';
import { resampledAveragePrecision } from './resampled-average-precision';
import { resampledRocArea } from './resampled-roc-area';
import { type RowDrawer, rowDrawer } from './row-drawer';

/** A metric that {@link bootstrap} takes: one of this package, or any function of the same form. */
export type BootstrapMetric<V extends number | Float64Array> = (
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: InputOptions,
) => V;

/** Options of {@link bootstrap}. */
export interface BootstrapOptions {
  /** The number of resamples. Default 1000. */
  readonly resamples?: number;
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** The same seed gives the same resamples. An integer from 0. Default 0. */
  readonly seed?: number;
  /** `'percentile'`: quantiles of the resamples; `'basic'`: mirrored at the estimate. Default `'percentile'`. */
  readonly method?: 'percentile' | 'basic';
  /**
   * The group of each row, one entry per row. Every resample then has as many rows of each group as the data.
   */
  readonly stratify?: ArrayLike<string | number | boolean>;
  /** Options of the metric, such as `{ average: 'macro', undefined: 'skip' }`. */
  readonly metricOptions?: InputOptions & Readonly<Record<string, unknown>>;
}

/** The result of {@link bootstrap}: numbers, or one value per class if the metric gives one per class. */
export interface Bootstrapped<V extends number | Float64Array> {
  /** The metric of the data itself. */
  readonly estimate: V;
  readonly low: V;
  readonly high: V;
  /** Standard deviation of the resamples' values. */
  readonly standardError: V;
  /** The number of resamples for which the metric is undefined; the intervals leave them out. */
  readonly undefinedResamples: V;
  /** All values: resamples × values. */
  readonly distribution: Matrix;
}

/**
 * Confidence intervals of any metric by resampling the rows.
 *
 * Each resample draws as many rows as there are, with replacement. The interval lies between the quantiles of
 * the metric's values (Efron 1979; Efron and Tibshirani 1993, chapters 12 and 13; SciPy's `bootstrap`,
 * methods `'percentile'` and `'basic'`).
 *
 * - {@link rocAucScore} and {@link averagePrecisionScore} sort once and then count, in a few nanoseconds per
 *   row, class and resample. Every other metric is computed anew for each resample, with the weights and the
 *   mask of its rows.
 * - Rows are assumed to be independent. Several images of the same person make the intervals too narrow.
 * - A resample may lack positives of a rare class: its value is undefined and left out. For a macro average,
 *   use `undefined: 'skip'` in `metricOptions`, or `stratify` by that class.
 * - If no resample is defined, the interval is NaN.
 *
 * @param metric any function of labels, scores and options that gives a number or a Float64Array
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { bootstrap, rocAucScore } from '@thawjs/metrics';
 *
 * const yTrue = [0, 0, 1, 0, 1, 1, 0, 1, 1, 1];
 * const yScore = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
 * const { estimate, low, high } = bootstrap(rocAucScore, yTrue, yScore, { seed: 7, stratify: yTrue });
 * console.log(estimate.toFixed(3), low < estimate && estimate < high); // 0.833 true
 * ```
 */
export function bootstrap<V extends number | Float64Array>(
  metric: BootstrapMetric<V>,
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: BootstrapOptions = {},
): Bootstrapped<V> {
  checkOptions('bootstrap', options, bootstrapRules);
  const { resamples = 1000, seed = 0, stratify, metricOptions = {} } = options;
  const inputs = checkInputs('bootstrap', yTrue, yScore, metricOptions);
  if (stratify !== undefined && stratify.length !== inputs.rows) {
    throw new LabelShapeError(
      `bootstrap: expected ${inputs.rows} entries in stratify, one a row; received ${stratify.length}.`,
    );
  }
  const estimate = metric(yTrue, yScore, metricOptions);
  const draw = rowDrawer(randomIntegers(seed), inputs.rows, stratify);
  const area = areaOf(metric, inputs, metricOptions);
  const data =
    area === undefined
      ? recompute(metric, inputs, metricOptions, resamples, draw, estimate)
      : resampledAreas(inputs, area, ...averagingOf(metricOptions), resamples, draw);
  return intervalsOf(estimate, data, options);
}

/** Up to this many rows, the products of two counts are 32-bit integers. */
const MOST_RANKED = 2 ** 22;

/** The area that can be counted instead of recomputed, if the metric is one and its options allow it. */
function areaOf(
  metric: unknown,
  { rows, columns, weights }: CheckedInputs,
  { average, maxFpr = 1 }: RocAucOptions,
): ResampledArea | undefined {
  const ranked = average === 'micro' ? rows * columns : rows;
  if (weights !== undefined || average === 'samples' || maxFpr < 1 || ranked > MOST_RANKED) return undefined;
  if (metric === rocAucScore) return resampledRocArea;
  return metric === averagePrecisionScore ? resampledAveragePrecision : undefined;
}

function averagingOf({ average = 'macro', undefined: policy = 'nan' }: RocAucOptions) {
  return [average as Exclude<Average, 'samples'>, policy] as const;
}

/** The metric of the rows of each resample. */
function recompute(
  metric: BootstrapMetric<number | Float64Array>,
  inputs: CheckedInputs,
  options: InputOptions,
  resamples: number,
  draw: RowDrawer,
  estimate: number | Float64Array,
): Float64Array {
  const nothing = typeof estimate === 'number' ? [Number.NaN] : estimate.map(() => Number.NaN);
  const { coding: _, ignoreValue: __, ...decoded } = options;
  const counts = new Uint8Array(inputs.rows);
  const drawn = new Uint32Array(inputs.rows);
  const values: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    counts.fill(0);
    draw(counts, 0, 1);
    let at = 0;
    for (let row = 0; row < inputs.rows; row++)
      for (let time = counts[row]; time > 0; time--) drawn[at++] = row;
    const taken = takeRows(inputs, drawn);
    const isWeightless = taken.options.sampleWeight?.every((weight) => weight === 0) ?? false;
    const value = isWeightless
      ? nothing
      : metric(taken.yTrue, taken.yScore, { ...decoded, ...taken.options });
    if (typeof value === 'number') values.push(value);
    else values.push(...value);
  }
  return Float64Array.from(values);
}
