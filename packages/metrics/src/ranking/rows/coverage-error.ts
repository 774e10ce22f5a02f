import { checkInputs } from '../../input/check-inputs';
import { checkOptions } from '../../input/check-options';
import { inputRules } from '../../input/option-rules';
import type { MatrixInput } from '../../matrix-input';
import type { InputOptions } from '../../options';
import { meanOverRows } from './mean-over-rows';

/**
 * How many of its highest-scored labels a row needs, on average, to include all of its positive labels.
 *
 * Coverage = 1/rows · Σ_i max_{j ∈ Y_i} |{k: s_ik ≥ s_ij}|, with Y_i the positive labels of row i (Tsoumakas, Katakis and Vlahavas
 * 2010; scikit-learn's `coverage_error`). The literature's coverage is often 1 less.
 *
 * - Range [0, classes]; the best value is the mean number of positives per row. Ties count as ranked above.
 * - A row without positives counts 0, as in scikit-learn.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { coverageError } from '@thawjs/metrics';
 *
 * console.log(coverageError([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 1], [1, 0.2, 0.1]])); // 2.5
 * ```
 */
export function coverageError(yTrue: MatrixInput, yScore: MatrixInput, options: InputOptions = {}): number {
  checkOptions('coverageError', options, inputRules);
  return meanOverRows(
    checkInputs('coverageError', yTrue, yScore, options),
    ({ all, width, positives, count }) => {
      let lowest = Number.POSITIVE_INFINITY;
      for (let at = 0; at < count; at++) lowest = Math.min(lowest, positives[at]);
      let reached = 0;
      for (let index = 0; index < width; index++) reached += Number(all[index] >= lowest);
      return reached;
    },
  );
}
