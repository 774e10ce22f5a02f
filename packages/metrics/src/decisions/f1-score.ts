import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { fbeta } from './ratio';
import { type AveragedRatioOptions, scoreRatio } from './score-ratio';

/**
 * The harmonic mean of precision and recall: per class, or averaged.
 *
 * F1 = 2 tp / (2 tp + fp + fn) (scikit-learn's `f1_score`; Dice coefficient of the predicted and the true rows).
 *
 * - Undefined (NaN) only for a class with neither positives nor positive predictions. If there are positives
 *   and none is found, F1 is 0, even if precision is 0/0. `zeroDivision` and `undefined` as in
 *   {@link precisionScore}.
 * - Macro F1 is the mean of the classes' F1, not the F1 of macro precision and macro recall.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [0, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { f1Score } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 1], [1, 1], [1, 0]];
 * const yScore = [[0.9, 0.2], [0.4, 0.1], [0.3, 0.7], [0.6, 0.4]];
 * console.log(f1Score(yTrue, yScore, { average: 'none' })); // Float64Array(2) [ 0.8, 0.6666666666666666 ]
 * console.log(f1Score(yTrue, yScore, { average: 'samples' })); // 0.6666666666666666
 * ```
 */
export function f1Score<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A> = {},
): Averaged<A> {
  return scoreRatio('f1Score', fbeta(1), yTrue, yScore, options);
}
