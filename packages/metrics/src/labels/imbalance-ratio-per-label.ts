import { checkOptions } from '../input/check-options';
import { knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPositives } from './count-labels';

/**
 * For each label, the count of the most frequent label divided by the label's own count.
 *
 * IRLbl(l) = maxₖ count(k) / count(l) (Charte, Rivera, del Jesus and Herrera 2015, "Addressing imbalance in
 * multilabel classification", Neurocomputing 163). It is not the ratio of negatives to positives within a
 * label.
 *
 * - Only rows in which the label is known to be positive are counted.
 * - Range [1, ∞); 1 for the most frequent label. NaN for a label without positives; {@link undefinedClasses}
 *   names such labels.
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

/** max(counts) / count for each label; NaN if there is none. */
export function imbalanceRatios(counts: Uint32Array): Float64Array {
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  return Float64Array.from(counts, (count) => (count === 0 ? Number.NaN : most / count));
}
