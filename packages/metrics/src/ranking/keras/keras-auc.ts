import { checkInputs } from '../../input/check-inputs';
import { checkOptions } from '../../input/check-options';
import { kerasAucRules } from '../../input/option-rules';
import type { MatrixInput } from '../../matrix-input';
import type { InputOptions } from '../../options';
import { meanArea } from './mean-area';
import { thresholdCounts } from './threshold-counts';

/** Options of {@link kerasAuc}; names and defaults are Keras'. */
export interface KerasAucOptions extends InputOptions {
  /** Default 200. */
  readonly numThresholds?: number;
  /** Default `'ROC'`. */
  readonly curve?: 'ROC' | 'PR';
  /** Keras' `summation_method`. Default `'interpolation'`. */
  readonly summation?: 'interpolation' | 'minoring' | 'majoring';
  /** `true`: the mean of the classes' areas; `false`: all (row, class) pairs pooled. Default `false`, as in Keras. */
  readonly multiLabel?: boolean;
}

/**
 * Keras' binned AUC, `keras.metrics.AUC`: the area under a curve drawn through a few thresholds, not the exact area.
 *
 * The T thresholds are −1e-7, 1/(T−1), …, (T−2)/(T−1), 1 + 1e-7; a row is predicted positive where score > threshold.
 * Use it to compare with a Keras history; for anything else take {@link rocAucScore} or {@link averagePrecisionScore}.
 *
 * - Binned: scores between two thresholds count as equal. With 200 thresholds and scores crowded near 0 the result
 *   is off by up to some hundredths; only scores in [0, 1] are told apart, all others are clipped.
 * - Divisions by zero are 0, as in Keras. A class without positives, or without negatives, has the area 0
 *   under ROC, and lowers the mean without a warning. Only this function of the package has that convention.
 * - Range [0, 1]. Terms are rounded to float32 as in Keras 3.15.1 on TensorFlow. The order of summation
 *   differs between machines there, so the results agree to 1e-6. Keras' own counts saturate at 2^24; these
 *   don't.
 * - `sampleWeight` is Keras' `sample_weight`, one per row.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore probabilities of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { kerasAuc, rocAucScore } from '@thawjs/metrics';
 *
 * const yTrue = [0, 0, 1, 1];
 * const yScore = [0.001, 0.002, 0.003, 0.9];
 * console.log(kerasAuc(yTrue, yScore)); // 0.75
 * console.log(rocAucScore(yTrue, yScore)); // 1
 * ```
 */
export function kerasAuc(yTrue: MatrixInput, yScore: MatrixInput, options: KerasAucOptions = {}): number {
  checkOptions('kerasAuc', options, kerasAucRules);
  const { numThresholds = 200, multiLabel = false } = options;
  const inputs = checkInputs('kerasAuc', yTrue, yScore, options);
  return meanArea(thresholdCounts(inputs, numThresholds, multiLabel), options);
}
