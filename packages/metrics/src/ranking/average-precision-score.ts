import { checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import { rankingRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import type { RankingOptions } from './roc-auc-score';
import { scoreClasses } from './score-classes';
import { stepPrecision } from './step-precision';

/**
 * The average precision of each class, or its average: the precision–recall curve summed without interpolation.
 *
 * AP = Σₖ (Rₖ − Rₖ₋₁) Pₖ over the distinct scores in descending order, with precision Pₖ and recall Rₖ of the rows at
 * or above the k-th (scikit-learn's `average_precision_score`). Rows with equal scores enter together, so their
 * order doesn't matter.
 *
 * - Labels are 0/1, scores any finite numbers; only their order matters.
 * - Range (0, 1]; for constant scores it is the share of positives.
 * - A class without positives is NaN (scikit-learn: 0 with a warning), and so is an average over it, unless
 *   `undefined` is `'skip'` or a number. A class without negatives is 1.
 * - `'micro'` pools all (row, class) pairs; `'weighted'` weighs a class by its positives; `'samples'` takes each row over its
 *   classes and averages over the rows.
 * - Not the area that Keras' `AUC(curve='PR')` gives: that one interpolates between 200 thresholds; see {@link kerasAuc}.
 * - The cost is that of {@link rocAucScore}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape; not passed through a sigmoid
 * @returns one value per class for `average: 'none'`, else a number
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { averagePrecisionScore } from '@thawjs/metrics';
 *
 * console.log(averagePrecisionScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])); // 0.8333333333333333
 * console.log(averagePrecisionScore([0, 0], [0.1, 0.4])); // NaN
 * ```
 */
export function averagePrecisionScore<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: RankingOptions<A> = {},
): Averaged<A> {
  checkOptions('averagePrecisionScore', options, rankingRules);
  const { average = 'macro' as A, undefined: policy = 'nan' } = options;
  return scoreClasses(
    checkInputs('averagePrecisionScore', yTrue, yScore, options),
    stepPrecision,
    average,
    policy,
  );
}
