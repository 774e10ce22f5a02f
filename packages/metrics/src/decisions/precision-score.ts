import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { precision } from './ratio';
import { type AveragedRatioOptions, scoreRatio } from './score-ratio';

/**
 * The share of true positives among the rows that are predicted positive: per class, or averaged.
 *
 * Precision = tp / (tp + fp) (scikit-learn's `precision_score`; positive predictive value).
 *
 * - A class that is never predicted is 0/0: NaN, and so is an average over it. `zeroDivision: 0` gives
 *   scikit-learn's default. `undefined: 'skip'` leaves the class out of averages (scikit-learn's
 *   `zero_division=np.nan`). Keras gives 0.
 * - `'micro'` pools the counts of all classes. `'weighted'` weighs each class by its positives. `'samples'`
 *   computes the precision of each row over its classes, and averages over the rows.
 * - A plain vector is one class, and every average of it is the value of that class. scikit-learn's `'micro'`
 *   and `'macro'` would also count the negatives as a class.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [0, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { precisionScore } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0, 1], [0, 0, 1], [1, 1, 0]];
 * const yScore = [[0.9, 0.2, 0.6], [0.8, 0.1, 0.7], [0.3, 0.4, 0.2]];
 * console.log(precisionScore(yTrue, yScore, { average: 'none' })); // Float64Array(3) [ 0.5, NaN, 1 ]
 * console.log(precisionScore(yTrue, yScore)); // NaN
 * console.log(precisionScore(yTrue, yScore, { zeroDivision: 0 })); // 0.5
 * console.log(precisionScore(yTrue, yScore, { undefined: 'skip' })); // 0.75
 * ```
 */
export function precisionScore<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A> = {},
): Averaged<A> {
  return scoreRatio('precisionScore', precision, yTrue, yScore, options);
}
