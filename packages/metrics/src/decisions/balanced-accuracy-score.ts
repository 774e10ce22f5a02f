import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { balancedAccuracy } from './ratio';
import { type AveragedRatioOptions, scoreRatio } from './score-ratio';

/**
 * The mean of recall and specificity: per class, or averaged.
 *
 * Balanced accuracy = (tp / (tp + fn) + tn / (tn + fp)) / 2 (Brodersen et al. 2010; scikit-learn's `balanced_accuracy_score`, which takes
 * one column only). ½ for any constant prediction; Youden's J = 2 · balanced accuracy − 1.
 *
 * - A class whose labels are all the same is NaN. scikit-learn then gives the recall of that label alone,
 *   with a warning.
 * - `undefined` and the averages as in {@link precisionScore}; `zeroDivision` is the value of an undefined class.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [0, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { balancedAccuracyScore } from '@thawjs/metrics';
 *
 * console.log(balancedAccuracyScore([0, 0, 0, 1], [0.1, 0.2, 0.3, 0.4])); // 0.5
 * console.log(balancedAccuracyScore([0, 0, 0, 1], [0.1, 0.2, 0.6, 0.7])); // 0.8333333333333333
 * ```
 */
export function balancedAccuracyScore<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A> = {},
): Averaged<A> {
  return scoreRatio('balancedAccuracyScore', balancedAccuracy, yTrue, yScore, options);
}
