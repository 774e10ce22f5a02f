import { checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import type { MatrixInput } from '../matrix-input';
import { knownColumn } from './known-column';
import { meanAndVariance } from './mean-and-variance';
import { normalQuantile } from './normal-quantile';
import { placements } from './placements';
import { type TestOptions, testRules } from './test-options';

/** The result of {@link rocAucInterval}, one value per class; NaN if undefined. */
export interface RocAucInterval {
  readonly auc: Float64Array;
  readonly standardError: Float64Array;
  /** The lower end, at least 0. */
  readonly low: Float64Array;
  /** The upper end, at most 1. */
  readonly high: Float64Array;
}

/**
 * DeLong's confidence interval of the area under the ROC curve of each class.
 *
 * AUC ± z · √(S₁₀/P + S₀₁/N). S₁₀ is the variance over the P positives of the share of negatives below each,
 * S₀₁ the variance over the N negatives of the share of positives above each (DeLong, DeLong and
 * Clarke-Pearson 1988; by ranks as in Sun and Xu 2014). The ends are limited to [0, 1]. scikit-learn has no
 * such interval; R's pROC has.
 *
 * - A class with fewer than two rows of either label has no variance: NaN. For a perfect ranking the variance
 *   is 0, so both ends are 1. {@link bootstrap} with `stratify` doesn't assume a normal distribution.
 * - Rows are assumed to be independent.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { rocAucInterval } from '@thawjs/metrics';
 *
 * const { auc, low, high } = rocAucInterval([0, 0, 0, 1, 1, 1], [0.1, 0.4, 0.5, 0.3, 0.7, 0.9]);
 * console.log(auc[0].toFixed(4), low[0].toFixed(4), high[0].toFixed(4)); // 0.7778 0.2908 1.0000
 * ```
 */
export function rocAucInterval(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: TestOptions = {},
): RocAucInterval {
  checkOptions('rocAucInterval', options, testRules);
  const inputs = checkInputs('rocAucInterval', yTrue, yScore, options);
  const z = normalQuantile((1 + (options.confidence ?? 0.95)) / 2);
  const classes = Array.from({ length: inputs.columns }, (_, column) => {
    const { truth, scores } = knownColumn(inputs, inputs.scores, column);
    return meanAndVariance(truth, placements(truth, scores));
  });
  const auc = Float64Array.from(classes, ({ mean }) => mean);
  const standardError = Float64Array.from(classes, ({ variance }) => Math.sqrt(variance));
  return {
    auc,
    standardError,
    low: auc.map((area, at) => Math.max(0, area - z * standardError[at])),
    high: auc.map((area, at) => Math.min(1, area + z * standardError[at])),
  };
}
