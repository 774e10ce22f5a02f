import { checkOptions } from '../input/check-options';
import { averageRules, inputRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { Averaged, ClassAverage } from '../options';
import { checkProbabilities } from './check-probabilities';
import { type LossOptions, meanOfCells } from './mean-of-cells';

/**
 * The mean squared difference of probability and label: of each class, or averaged.
 *
 * BS = 1/rows · Σ_i (p_i − y_i)² (Brier 1950; of one column scikit-learn's `brier_score_loss`).
 *
 * - Range [0, 1]; ¼ for p = ½ throughout. A proper score: the true probabilities have the least on average.
 * - Averages and unknown labels as in {@link logLoss}.
 *
 * @param yTrue labels, 0/1, rows × classes; soft labels throw
 * @param yProb probabilities of the same shape, in [0, 1]
 * @returns one value per class for `average: 'none'`, else a number
 * @throws LabelShapeError, LabelValueError, ScoreValueError also for scores outside [0, 1], SampleWeightError, EmptyInputError, UnknownOptionError,
 *   OptionValueError
 *
 * @example
 * ```ts
 * import { brierScoreLoss } from '@thawjs/metrics';
 *
 * console.log(brierScoreLoss([0, 1, 1, 0], [0.25, 0.75, 0.75, 0.25])); // 0.0625
 * ```
 */
export function brierScoreLoss<A extends ClassAverage = 'macro'>(
  yTrue: MatrixInput,
  yProb: MatrixInput,
  options: LossOptions<A> = {},
): Averaged<A> {
  checkOptions('brierScoreLoss', options, { ...averageRules, ...inputRules });
  const { average = 'macro' as A, undefined: policy = 'nan' } = options;
  const inputs = checkProbabilities('brierScoreLoss', yTrue, yProb, options);
  return meanOfCells(inputs, (probability, label) => (probability - label) ** 2, average, policy);
}
