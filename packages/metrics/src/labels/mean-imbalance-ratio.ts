import { meanOf } from '../averaging/mean-of';
import { checkOptions } from '../input/check-options';
import { averageRules, knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions, UndefinedPolicy } from '../options';
import { checkLabels } from './check-labels';
import { countPositives } from './count-labels';
import { imbalanceRatios } from './imbalance-ratio-per-label';

/** Options of {@link meanImbalanceRatio}. */
export interface MeanImbalanceRatioOptions extends KnownLabelOptions {
  /** What to do with a label without positives. Default `'nan'`. */
  readonly undefined?: UndefinedPolicy;
}

/**
 * How imbalanced a multilabel data set is: the mean of {@link imbalanceRatioPerLabel}.
 *
 * MeanIR = Σₗ IRLbl(l) / labels (Charte et al. 2015).
 *
 * - Range [1, ∞); 1 if all labels are equally frequent. NaN if a label has no positives, unless `undefined`
 *   is `'skip'` or a number.
 *
 * @param yTrue labels, 0/1, rows × classes; what `mask` or `ignoreValue` leave out is unknown
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { meanImbalanceRatio } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0, 1], [1, 0, 0], [1, 0, 1]];
 * console.log(meanImbalanceRatio(yTrue)); // NaN
 * console.log(meanImbalanceRatio(yTrue, { undefined: 'skip' })); // 1.25
 * ```
 */
export function meanImbalanceRatio(yTrue: MatrixInput, options: MeanImbalanceRatioOptions = {}): number {
  checkOptions('meanImbalanceRatio', options, { ...knownLabelRules, undefined: averageRules.undefined });
  const counts = countPositives(checkLabels('meanImbalanceRatio', yTrue, options));
  return meanOf(imbalanceRatios(counts), options.undefined ?? 'nan');
}
