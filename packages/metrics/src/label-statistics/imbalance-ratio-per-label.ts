import { checkOptions } from '../input/check-options';
import { labelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { LabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPositives } from './count-positives';
import { imbalanceRatios } from './imbalance-ratios';

/**
 * How many times as frequent as each label the most frequent one is.
 *
 * IRLbl(l) = maxₖ count(k) / count(l) (Charte, Rivera, del Jesus and Herrera 2015, "Addressing imbalance in multilabel
 * classification", Neurocomputing 163). Not negatives over positives within a label.
 *
 * - Range [1, ∞); 1 for the most frequent label. NaN for a label without positives; {@link undefinedClasses} names those.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @returns one value a class
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { imbalanceRatioPerLabel } from '@thawjs/metrics';
 *
 * console.log(imbalanceRatioPerLabel([[1, 0, 1], [1, 0, 0], [1, 0, 1]])); // Float64Array(3) [ 1, NaN, 1.5 ]
 * ```
 */
export function imbalanceRatioPerLabel(yTrue: MatrixInput, options: LabelOptions = {}): Float64Array {
  checkOptions('imbalanceRatioPerLabel', options, labelRules);
  return imbalanceRatios(countPositives(checkLabels('imbalanceRatioPerLabel', yTrue, options.labels)));
}
