import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { exactRowsRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { ExactRowsOptions } from '../options';
import { exactRows } from './exact-rows';

/**
 * The share of rows in which every class is predicted right: subset accuracy, exact match.
 *
 * Accuracy = #{rows: prediction = labels in all columns} / rows (scikit-learn's `accuracy_score`). With one
 * column this is plain accuracy. With many columns it is strict and often near 0. The mean accuracy of the
 * single labels, which Keras calls `BinaryAccuracy`, is 1 − {@link hammingLoss}.
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
 * import { accuracyScore, hammingLoss } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 1], [1, 1], [1, 0]];
 * const yScore = [[0.9, 0.2], [0.8, 0.1], [0.3, 0.7], [0.6, 0.4]];
 * console.log(accuracyScore(yTrue, yScore)); // 0.5
 * console.log(1 - hammingLoss(yTrue, yScore)); // 0.625
 * ```
 */
export function accuracyScore(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: ExactRowsOptions = {},
): number {
  checkOptions('accuracyScore', options, exactRowsRules);
  const inputs = checkDecisions('accuracyScore', yTrue, yScore, options);
  return exactRows('accuracyScore', inputs, options, 'right', options.normalize ?? true);
}
