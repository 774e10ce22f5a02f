import { checkOptions } from '../input/check-options';
import { knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPositives } from './count-labels';

/**
 * How many times as frequent as each label the most frequent one is.
 *
 * IRLbl(l) = maxₖ count(k) / count(l) (Charte, Rivera, del Jesus and Herrera 2015, "Addressing imbalance in multilabel
 * classification", Neurocomputing 163). Not negatives over positives within a label.
 *
 * - Counts are of rows in which the label is known to be positive.
 * - Range [1, ∞); 1 for the most frequent label. NaN for a label without positives; {@link undefinedClasses} names those.
 *
 * @param yTrue labels, 0/1, rows × classes; what `mask` or `ignoreValue` leave out is unknown
 * @returns one value per class
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { imbalanceRatioPerLabel } from '@thawjs/metrics';
 *
 * console.log(imbalanceRatioPerLabel([[1, 0, 1], [1, 0, 0], [1, 0, 1]])); // Float64Array(3) [ 1, NaN, 1.5 ]
 * ```
 */
export function imbalanceRatioPerLabel(yTrue: MatrixInput, options: KnownLabelOptions = {}): Float64Array {
  checkOptions('imbalanceRatioPerLabel', options, knownLabelRules);
  return imbalanceRatios(countPositives(checkLabels('imbalanceRatioPerLabel', yTrue, options)));
}

/** max(counts) / count for each label; NaN where there is no positive. */
export function imbalanceRatios(counts: Uint32Array): Float64Array {
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  return Float64Array.from(counts, (count) => (count === 0 ? Number.NaN : most / count));
}
