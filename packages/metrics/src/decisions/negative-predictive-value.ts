import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { negativePredictiveValue as ratio } from './ratio';
import { type AveragedRatioOptions, scoreRatio } from './score-ratio';

/**
 * The share of true negatives among the rows that are predicted negative: per class, or averaged.
 *
 * NPV = tn / (tn + fn) (torchmetrics' `negative_predictive_value`). scikit-learn has it as the precision of label 0.
 *
 * - A class that is predicted for every row is 0/0: NaN. `zeroDivision`, `undefined` and the averages as in
 *   {@link precisionScore}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [0, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { negativePredictiveValue } from '@thawjs/metrics';
 *
 * console.log(negativePredictiveValue([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.9])); // 0.6666666666666666
 * ```
 */
export function negativePredictiveValue<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A> = {},
): Averaged<A> {
  return scoreRatio('negativePredictiveValue', ratio, yTrue, yScore, options);
}
