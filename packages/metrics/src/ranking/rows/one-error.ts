import { checkInputs } from '../../input/check-inputs';
import { checkOptions } from '../../input/check-options';
import { inputRules } from '../../input/option-rules';
import type { MatrixInput } from '../../matrix-input';
import type { InputOptions } from '../../options';
import { meanOverRows } from './mean-over-rows';

/**
 * The share of rows whose highest-scored label is not one of their positives.
 *
 * One-error = 1/rows · |{i: argmax_k s_ik ∉ Y_i}|, with Y_i the positive labels of row i (Schapire and Singer 2000). scikit-learn has
 * none. It is 1 − precision at 1.
 *
 * - If several labels share the highest score, a row counts by the share of them that is wrong: the expected
 *   value if the tie is broken at random. So the order of the columns doesn't matter.
 * - Range [0, 1]; the best is 0. By definition a row without positives counts 1.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { oneError } from '@thawjs/metrics';
 *
 * console.log(oneError([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 0.1], [1, 0.2, 0.1]])); // 0.5
 * console.log(oneError([[1, 0]], [[0.5, 0.5]])); // 0.5
 * ```
 */
export function oneError(yTrue: MatrixInput, yScore: MatrixInput, options: InputOptions = {}): number {
  checkOptions('oneError', options, inputRules);
  return meanOverRows(checkInputs('oneError', yTrue, yScore, options), ({ all, width, positives, count }) => {
    let highest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < width; index++) highest = Math.max(highest, all[index]);
    let tied = 0;
    for (let index = 0; index < width; index++) tied += Number(all[index] === highest);
    let right = 0;
    for (let at = 0; at < count; at++) right += Number(positives[at] === highest);
    return 1 - right / tied;
  });
}
