import { checkOptions } from '../input/check-options';
import { fbetaRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import type { FbetaOptions } from './precision-recall-fscore-support';
import { fbeta } from './ratio';
import { scoreRatio } from './score-ratio';

/**
 * The weighted harmonic mean of precision and recall: per class, or averaged.
 *
 * F-beta = (1 + β²) tp / ((1 + β²) tp + β² fn + fp) (van Rijsbergen 1979; scikit-learn's `fbeta_score`).
 * Recall weighs β times as much as precision. `beta` is an option here, default 1; scikit-learn takes it as
 * an argument.
 *
 * - Undefined as in {@link f1Score}; averages, `zeroDivision` and `undefined` as in {@link precisionScore}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [0, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { fbetaScore } from '@thawjs/metrics';
 *
 * const yTrue = [1, 1, 1, 0];
 * const yScore = [0.9, 0.2, 0.1, 0.3];
 * console.log(fbetaScore(yTrue, yScore, { beta: 2 })); // 0.38461538461538464
 * console.log(fbetaScore(yTrue, yScore, { beta: 0.5 })); // 0.7142857142857143
 * ```
 */
export function fbetaScore<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: FbetaOptions<A> = {},
): Averaged<A> {
  checkOptions('fbetaScore', options, fbetaRules);
  const { beta = 1, ...others } = options;
  return scoreRatio('fbetaScore', fbeta(beta), yTrue, yScore, others);
}
