import { checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import type { MatrixInput } from '../matrix-input';
import { erfc } from './erfc';
import { knownColumn } from './known-column';
import { meanAndVariance } from './mean-and-variance';
import { normalQuantile } from './normal-quantile';
import { placements } from './placements';
import { type TestOptions, testRules } from './test-options';

/** The result of {@link delongTest}, one value per class; NaN if undefined. */
export interface DelongTest {
  /** Area under the ROC curve of the first model's scores. */
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** b − a. */
  readonly difference: Float64Array;
  readonly standardError: Float64Array;
  /** The lower end of the interval of the difference. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** difference / standardError. */
  readonly z: Float64Array;
  /** Two-sided: the probability of a difference at least this large if the true difference is 0. */
  readonly pValue: Float64Array;
}

/**
 * DeLong's paired test of two models' areas under the ROC curve on the same rows, class by class.
 *
 * z = (AUC_b − AUC_a) / √(S₁₀/P + S₀₁/N). S₁₀ is the variance over the positives of the difference of their
 * placements in both models, S₀₁ that over the negatives (DeLong, DeLong and Clarke-Pearson 1988; the
 * difference accounts for their covariances). Pairing makes the test far sharper than two separate intervals.
 *
 * - A class with fewer than two rows of either label is NaN. Models that rank all rows alike have p = 1.
 * - Rows are assumed to be independent. Of 40 classes, two are expected below .05 by chance alone.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScoreA scores of one model, of the same shape
 * @param yScoreB scores of the other
 * @throws LabelShapeError, LabelValueError, ScoreValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { delongTest } from '@thawjs/metrics';
 *
 * const yTrue = [0, 0, 0, 0, 1, 1, 1, 1];
 * const before = [0.1, 0.4, 0.7, 0.6, 0.3, 0.5, 0.8, 0.9];
 * const after = [0.1, 0.2, 0.3, 0.6, 0.5, 0.7, 0.8, 0.9];
 * const { difference, pValue } = delongTest(yTrue, before, after);
 * console.log(difference[0], pValue[0].toFixed(3)); // 0.25 0.157
 * ```
 */
export function delongTest(
  yTrue: MatrixInput,
  yScoreA: MatrixInput,
  yScoreB: MatrixInput,
  options: TestOptions = {},
): DelongTest {
  checkOptions('delongTest', options, testRules);
  const inputs = checkInputs('delongTest', yTrue, yScoreA, options);
  const other = checkInputs('delongTest', yTrue, yScoreB, options);
  const quantile = normalQuantile((1 + (options.confidence ?? 0.95)) / 2);
  const classes = Array.from({ length: inputs.columns }, (_, column) => {
    const one = knownColumn(inputs, inputs.scores, column);
    const two = knownColumn(inputs, other.scores, column);
    const [placedA, placedB] = [placements(one.truth, one.scores), placements(two.truth, two.scores)];
    const { mean, variance } = meanAndVariance(
      one.truth,
      placedB.map((share, row) => share - placedA[row]),
    );
    const standardError = Math.sqrt(variance);
    return {
      a: meanAndVariance(one.truth, placedA).mean,
      b: meanAndVariance(one.truth, placedB).mean,
      difference: mean,
      standardError,
      low: mean - quantile * standardError,
      high: mean + quantile * standardError,
      z: mean / standardError,
      pValue: mean === 0 && variance === 0 ? 1 : erfc(Math.abs(mean / standardError) / Math.SQRT2),
    };
  });
  const all = (key: keyof DelongTest) => Float64Array.from(classes, (one) => one[key]);
  return {
    a: all('a'),
    b: all('b'),
    difference: all('difference'),
    standardError: all('standardError'),
    low: all('low'),
    high: all('high'),
    z: all('z'),
    pValue: all('pValue'),
  };
}
