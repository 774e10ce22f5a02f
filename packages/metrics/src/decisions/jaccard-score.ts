import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { jaccard } from './ratio';
import { type AveragedRatioOptions, scoreRatio } from './score-ratio';

/**
 * The intersection of the predicted and the true rows divided by their union: per class, or averaged.
 *
 * J = tp / (tp + fp + fn) (Jaccard 1912; scikit-learn's `jaccard_score`; intersection over union). F1 = 2J /
 * (1 + J). With `average: 'samples'`, the multilabel literature calls it accuracy (Godbole and Sarawagi
 * 2004).
 *
 * - Undefined (NaN) for a class with neither positives nor positive predictions. `zeroDivision`, `undefined` and the averages as in
 *   {@link precisionScore}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [0, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { jaccardScore } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0, 1], [0, 1, 1]];
 * const yScore = [[0.9, 0.2, 0.1], [0.1, 0.7, 0.8]];
 * console.log(jaccardScore(yTrue, yScore, { average: 'none' })); // Float64Array(3) [ 1, 1, 0.5 ]
 * console.log(jaccardScore(yTrue, yScore, { average: 'samples' })); // 0.75
 * ```
 */
export function jaccardScore<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A> = {},
): Averaged<A> {
  return scoreRatio('jaccardScore', jaccard, yTrue, yScore, options);
}
