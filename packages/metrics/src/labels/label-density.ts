import { checkOptions } from '../input/check-options';
import { knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countKnown, countPositives } from './count-labels';

/**
 * The share of single labels that are positive.
 *
 * Dens = positives / (rows · classes) = {@link labelCardinality} / classes (Tsoumakas and Katakis 2007). Range [0, 1].
 *
 * - Only known labels are counted; NaN if no label is known.
 *
 * @param yTrue labels, 0/1, rows × classes; what `mask` or `ignoreValue` leave out is unknown
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { labelDensity } from '@thawjs/metrics';
 *
 * console.log(labelDensity([[1, 0, 1, 1], [1, 0, 0, 0]])); // 0.5
 * ```
 */
export function labelDensity(yTrue: MatrixInput, options: KnownLabelOptions = {}): number {
  checkOptions('labelDensity', options, knownLabelRules);
  const checked = checkLabels('labelDensity', yTrue, options);
  return countPositives(checked).reduce((sum, count) => sum + count, 0) / countKnown(checked).cells;
}
