import { checkInputs } from '../../input/check-inputs';
import { checkOptions } from '../../input/check-options';
import { inputRules } from '../../input/option-rules';
import type { MatrixInput } from '../../matrix-input';
import type { InputOptions } from '../../options';
import { countAbove } from './count-above';
import { meanOverRows } from './mean-over-rows';

/**
 * The share of (positive, negative) pairs of labels that a row ranks the wrong way round, averaged over the rows.
 *
 * Loss = 1/rows · Σ_i |{(j, k): j ∈ Y_i, k ∉ Y_i, s_ij ≤ s_ik}| / (|Y_i| · (classes − |Y_i|)), with Y_i the positive labels of
 * row i (Tsoumakas, Katakis and Vlahavas 2010; scikit-learn's `label_ranking_loss`).
 *
 * - A tie counts as wrong, and in full: constant scores give 1 (1 − AUC of the row would give ½).
 * - Range [0, 1]; the best is 0. A row whose labels are all the same has no pairs and counts 0, as in
 *   scikit-learn.
 * - The cost is that of {@link labelRankingAveragePrecisionScore}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { labelRankingLoss } from '@thawjs/metrics';
 *
 * console.log(labelRankingLoss([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 1], [1, 0.2, 0.1]])); // 0.75
 * ```
 */
export function labelRankingLoss(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: InputOptions = {},
): number {
  checkOptions('labelRankingLoss', options, inputRules);
  const inputs = checkInputs('labelRankingLoss', yTrue, yScore, options);
  const atOrAbove = new Int32Array(inputs.columns);
  const positivesAtOrAbove = new Int32Array(inputs.columns);
  return meanOverRows(inputs, ({ all, width, positives, count }) => {
    if (count === 0 || count === width) return 0;
    countAbove(all, width, positives, count, true, atOrAbove);
    countAbove(positives, count, positives, count, true, positivesAtOrAbove);
    let wrong = 0;
    for (let at = 0; at < count; at++) wrong += atOrAbove[at] - positivesAtOrAbove[at];
    return wrong / (count * (width - count));
  });
}
