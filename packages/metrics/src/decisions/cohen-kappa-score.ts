import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { kappa } from './ratio';
import { type AveragedRatioOptions, scoreRatio } from './score-ratio';

/**
 * How far labels and predictions agree beyond chance: per class, or averaged.
 *
 * κ = (pₒ − pₑ) / (1 − pₑ), where pₒ is the accuracy, and pₑ the accuracy expected if labels and predictions
 * were independent, with the same shares of positives (Cohen 1960; scikit-learn's `cohen_kappa_score`, which
 * takes one column only). For a 2×2 table, κ = 2 (tp·tn − fp·fn) / ((tp + fp)(fp + tn) + (tp + fn)(fn + tn)).
 *
 * - Undefined (NaN) if all labels and all predictions have the same value, as in scikit-learn.
 * - `zeroDivision`, `undefined` and the averages as in {@link precisionScore}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [−1, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { cohenKappaScore } from '@thawjs/metrics';
 *
 * console.log(cohenKappaScore([1, 1, 1, 0], [0.9, 0.2, 0.8, 0.4])); // 0.5
 * console.log(cohenKappaScore([0, 0], [0.1, 0.2])); // NaN
 * ```
 */
export function cohenKappaScore<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A> = {},
): Averaged<A> {
  return scoreRatio('cohenKappaScore', kappa, yTrue, yScore, options);
}
