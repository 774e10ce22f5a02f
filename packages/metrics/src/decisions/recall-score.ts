import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { recall } from './ratio';
import { type AveragedRatioOptions, scoreRatio } from './score-ratio';

/**
 * The share of positive rows that are predicted positive: per class, or averaged.
 *
 * Recall = tp / (tp + fn) (scikit-learn's `recall_score`; sensitivity, true positive rate).
 *
 * - A class without positives is 0/0: NaN. An average over it is NaN, too, except `'weighted'`, in which its
 *   weight is 0. `zeroDivision: 0` gives scikit-learn's default, `undefined: 'skip'` leaves the class out.
 *   Keras gives 0.
 * - Averages as in {@link precisionScore}. `'weighted'` equals `'micro'`.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [0, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { recallScore } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 1], [1, 1], [1, 0]];
 * const yScore = [[0.9, 0.2], [0.8, 0.1], [0.3, 0.7], [0.6, 0.5]];
 * console.log(recallScore(yTrue, yScore, { average: 'none' })); // Float64Array(2) [ 0.6666666666666666, 0.5 ]
 * console.log(recallScore(yTrue, yScore, { threshold: [0.25, 0.5], average: 'none' })); // Float64Array(2) [ 1, 0.5 ]
 * ```
 */
export function recallScore<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A> = {},
): Averaged<A> {
  return scoreRatio('recallScore', recall, yTrue, yScore, options);
}
