import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { specificity as ratio } from './ratio';
import { type AveragedRatioOptions, scoreRatio } from './score-ratio';

/**
 * The share of negative rows that are predicted negative: per class, or averaged.
 *
 * Specificity = tn / (tn + fp) (torchmetrics' `specificity`; true negative rate, selectivity). scikit-learn has it as the recall of
 * label 0.
 *
 * - A class without negatives is 0/0: NaN. `zeroDivision`, `undefined` and the averages as in
 *   {@link precisionScore}. `'weighted'` weighs each class by its positives here, too.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [0, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { specificity } from '@thawjs/metrics';
 *
 * console.log(specificity([0, 0, 0, 1], [0.1, 0.6, 0.2, 0.9])); // 0.6666666666666666
 * console.log(specificity([1, 1], [0.1, 0.6])); // NaN
 * ```
 */
export function specificity<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A> = {},
): Averaged<A> {
  return scoreRatio('specificity', ratio, yTrue, yScore, options);
}
