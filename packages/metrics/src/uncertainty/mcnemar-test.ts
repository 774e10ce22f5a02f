import { decisionLimits } from '../decisions/decision-limits';
import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { codingRules, decisionRules, flag, inputRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { ThresholdOptions } from '../options';
import { binomialHalfTail } from './binomial-half-tail';
import { erfc } from './erfc';

/** Options of {@link mcnemarTest}. */
export interface McnemarOptions extends Omit<ThresholdOptions, 'sampleWeight'> {
  /**
   * `true` for the exact binomial test, `false` for McNemar's χ² with one degree of freedom. Default `true`.
   */
  readonly exact?: boolean;
  /** Whether χ² gets Edwards' continuity correction. Default `true`. */
  readonly correction?: boolean;
}

/** The result of {@link mcnemarTest}, one value per class. */
export interface McnemarTest {
  /** The number of rows that only the first model decides right. */
  readonly onlyA: Float64Array;
  /** The number of rows that only the second model decides right. */
  readonly onlyB: Float64Array;
  /** The smaller of both numbers for the exact test, else χ². */
  readonly statistic: Float64Array;
  /** Two-sided: the probability of numbers at least this far apart if both models are right equally often. */
  readonly pValue: Float64Array;
}

const rules = {
  ...decisionRules,
  ...codingRules,
  mask: inputRules.mask,
  exact: flag,
  correction: flag,
};

/**
 * McNemar's paired test of two models' decisions on the same rows, class by class.
 *
 * Of the n rows that exactly one model decides right, A decides b right. Exact test: p = min(1, 2 · P(X ≤
 * min(b, n − b))), where X is binomial with n trials and probability ½. Otherwise χ² = (|b − (n − b)| − 1)² /
 * n with one degree of freedom; the 1 is Edwards' correction (McNemar 1947; Edwards 1948; statsmodels'
 * `mcnemar`; Dietterich 1998 on comparing classifiers).
 *
 * - If the models never differ, p is 1 and χ² is 0.
 * - The test compares accuracy, in which the negatives of a rare class dominate. To compare rankings, take
 *   {@link delongTest}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScoreA scores or 0/1 predictions of one model, of the same shape
 * @param yScoreB scores or predictions of the other model, with the same threshold
 * @throws LabelShapeError, LabelValueError, ScoreValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { mcnemarTest } from '@thawjs/metrics';
 *
 * const yTrue = [1, 1, 1, 1, 1, 0, 0, 0];
 * const before = [1, 0, 0, 0, 0, 1, 0, 0];
 * const after = [1, 1, 1, 1, 1, 0, 0, 0];
 * const { onlyA, onlyB, pValue } = mcnemarTest(yTrue, before, after);
 * console.log(onlyA[0], onlyB[0], pValue[0]); // 0 5 0.0625
 * ```
 */
export function mcnemarTest(
  yTrue: MatrixInput,
  yScoreA: MatrixInput,
  yScoreB: MatrixInput,
  options: McnemarOptions = {},
): McnemarTest {
  checkOptions('mcnemarTest', options, rules);
  const { exact = true, correction = true } = options;
  const inputs = checkDecisions('mcnemarTest', yTrue, yScoreA, options);
  const other = checkDecisions('mcnemarTest', yTrue, yScoreB, options);
  const limitsA = decisionLimits('mcnemarTest', inputs, options);
  const limitsB = decisionLimits('mcnemarTest', other, options);
  const onlyA = new Float64Array(inputs.columns);
  const onlyB = new Float64Array(inputs.columns);
  for (let index = 0; index < inputs.truth.length; index++) {
    if (inputs.known?.[index] === 0) continue;
    const column = index % inputs.columns;
    const isRightA = Number(inputs.scores[index] >= limitsA[column]) === inputs.truth[index];
    const isRightB = Number(other.scores[index] >= limitsB[column]) === inputs.truth[index];
    if (isRightA && !isRightB) onlyA[column]++;
    if (isRightB && !isRightA) onlyB[column]++;
  }
  const statistic = onlyA.map((count, column) => {
    const against = onlyB[column];
    if (exact) return Math.min(count, against);
    const apart = Math.max(0, Math.abs(count - against) - Number(correction));
    return count + against === 0 ? 0 : apart ** 2 / (count + against);
  });
  const pValue = statistic.map((value, column) =>
    exact
      ? Math.min(1, 2 * binomialHalfTail(value, onlyA[column] + onlyB[column]))
      : erfc(Math.sqrt(value / 2)),
  );
  return { onlyA, onlyB, statistic, pValue };
}
