import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { exactRowsRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { ExactRowsOptions } from '../options';
import { exactRows } from './exact-rows';

/**
 * The share of rows in which at least one class is predicted wrong: 1 − {@link accuracyScore}.
 *
 * Zero-one loss = #{rows: prediction ≠ labels in some column} / rows (scikit-learn's `zero_one_loss`). {@link hammingLoss} is the
 * share of single labels that are wrong.
 *
 * Range [0, 1]; with `normalize: false` the number of such rows, or the sum of their weights.
 *
 * If some labels of a row are unknown, only its known labels are compared. A row without known labels is left
 * out. The share is NaN if every row is left out.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { zeroOneLoss } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 1], [1, 1], [1, 0]];
 * const yScore = [[0.9, 0.2], [0.8, 0.1], [0.3, 0.7], [0.6, 0.4]];
 * console.log(zeroOneLoss(yTrue, yScore)); // 0.5
 * console.log(zeroOneLoss(yTrue, yScore, { normalize: false })); // 2
 * ```
 */
export function zeroOneLoss(yTrue: MatrixInput, yScore: MatrixInput, options: ExactRowsOptions = {}): number {
  checkOptions('zeroOneLoss', options, exactRowsRules);
  const inputs = checkDecisions('zeroOneLoss', yTrue, yScore, options);
  return exactRows('zeroOneLoss', inputs, options, 'wrong', options.normalize ?? true);
}
