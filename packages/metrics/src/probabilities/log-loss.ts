import { checkOptions } from '../input/check-options';
import { averageRules, inputRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { Averaged, ClassAverage } from '../options';
import { checkProbabilities } from './check-probabilities';
import { type LossOptions, meanOfCells } from './mean-of-cells';

/** Options of {@link logLoss}. */
export interface LogLossOptions<A extends ClassAverage = ClassAverage> extends LossOptions<A> {
  /**
   * Probabilities are clipped to [ε, 1 − ε], because a certain and wrong prediction would cost infinity.
   * Default 2^−52, scikit-learn's for float64; Keras takes 1e−7.
   */
  readonly epsilon?: number;
}

const rules = {
  ...averageRules,
  ...inputRules,
  epsilon: {
    accepts: (value: unknown) => typeof value === 'number' && value >= 0 && value < 0.5,
    expected: 'a number in [0, 0.5)',
  },
};

/**
 * The mean negative logarithm of the probability that was given to the true label: binary cross-entropy of
 * each class, or averaged.
 *
 * L = −1/rows · Σ_i (y_i ln p_i + (1 − y_i) ln(1 − p_i)), natural logarithms (Good 1952; scikit-learn's
 * `log_loss` of one column, Keras' `BinaryCrossentropy`). scikit-learn's `log_loss` of a matrix is another
 * metric: it expects one class per row, and normalises rows to 1.
 *
 * - Range [0, −ln ε]; ln 2 for p = ½ throughout. ε is `epsilon`, the same for `Float32Array` probabilities (scikit-learn: 2^−23).
 * - `'micro'` is the mean over all known pairs, the same as `'macro'` where every label is known; `'weighted'` weighs a class by its positives.
 * - NaN only for a class of which no label is known.
 *
 * @param yTrue labels, 0/1, rows × classes; soft labels throw
 * @param yProb probabilities of the same shape, in [0, 1]
 * @returns one value per class for `average: 'none'`, else a number
 * @throws LabelShapeError, LabelValueError, ScoreValueError also for scores outside [0, 1], SampleWeightError, EmptyInputError, UnknownOptionError,
 *   OptionValueError
 *
 * @example
 * ```ts
 * import { logLoss } from '@thawjs/metrics';
 *
 * console.log(logLoss([1, 0], [0.5, 0.5])); // 0.6931471805599453
 * console.log(logLoss([[1, 0], [0, 0]], [[0.8, 0.1], [0.4, 0.1]], { average: 'none' })); // Float64Array(2) [ 0.3669845875401002, 0.10536051565782631 ]
 * ```
 */
export function logLoss<A extends ClassAverage = 'macro'>(
  yTrue: MatrixInput,
  yProb: MatrixInput,
  options: LogLossOptions<A> = {},
): Averaged<A> {
  checkOptions('logLoss', options, rules);
  const { average = 'macro' as A, undefined: policy = 'nan', epsilon = Number.EPSILON } = options;
  const loss = (probability: number, label: number) => {
    const p = Math.min(1 - epsilon, Math.max(epsilon, probability));
    return label === 1 ? -Math.log(p) : -Math.log1p(-p);
  };
  return meanOfCells(checkProbabilities('logLoss', yTrue, yProb, options), loss, average, policy);
}
