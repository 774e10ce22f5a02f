import { checkInputs } from '../../input/check-inputs';
import { checkOptions } from '../../input/check-options';
import { inputRules } from '../../input/option-rules';
import type { MatrixInput } from '../../matrix-input';
import type { InputOptions } from '../../options';
import { countAbove } from './count-above';
import { meanOverRows } from './mean-over-rows';

/**
 * How pure the top of each row's ranking is: for each positive label, the share of positives among the labels that score as
 * high or higher, averaged over the positives, then over the rows.
 *
 * LRAP = 1/rows · Σ_i 1/|Y_i| · Σ_{j ∈ Y_i} |{k ∈ Y_i: s_ik ≥ s_ij}| / |{k: s_ik ≥ s_ij}|, with Y_i the positive labels of row i
 * (Schapire and Singer 2000; scikit-learn's `label_ranking_average_precision_score`).
 *
 * - Scores are compared within a row, over its labels; any finite numbers. A tie counts as ranked above.
 * - Range (0, 1]; 1 where every positive is above every negative.
 * - A row whose labels are all the same counts 1, as in scikit-learn, because there is nothing to rank. So
 *   does a single column (scikit-learn throws).
 * - Cost: O(classes) per positive of a row.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { labelRankingAveragePrecisionScore } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0, 0], [0, 0, 1]];
 * const yScore = [[0.75, 0.5, 1], [1, 0.2, 0.1]];
 * console.log(labelRankingAveragePrecisionScore(yTrue, yScore)); // 0.41666666666666663
 * ```
 */
export function labelRankingAveragePrecisionScore(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: InputOptions = {},
): number {
  const metric = 'labelRankingAveragePrecisionScore';
  checkOptions(metric, options, inputRules);
  const inputs = checkInputs(metric, yTrue, yScore, options);
  const atOrAbove = new Int32Array(inputs.columns);
  const positivesAtOrAbove = new Int32Array(inputs.columns);
  return meanOverRows(inputs, ({ all, width, positives, count }) => {
    if (count === 0 || count === width) return 1;
    countAbove(all, width, positives, count, true, atOrAbove);
    countAbove(positives, count, positives, count, true, positivesAtOrAbove);
    let sum = 0;
    for (let at = 0; at < count; at++) sum += positivesAtOrAbove[at] / atOrAbove[at];
    return sum / count;
  });
}
