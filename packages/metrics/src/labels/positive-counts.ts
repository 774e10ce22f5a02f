import { checkOptions } from '../input/check-options';
import { knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPositives } from './count-labels';

/**
 * The number of rows that have each label. Rows in which the label is unknown aren't counted.
 *
 * @param yTrue labels, 0/1, rows × classes; what `mask` or `ignoreValue` leave out is unknown
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { positiveCounts } from '@thawjs/metrics';
 *
 * console.log(positiveCounts([[1, 0, 1], [1, 0, 0], [1, 0, 1]])); // Uint32Array(3) [ 3, 0, 2 ]
 * ```
 */
export function positiveCounts(yTrue: MatrixInput, options: KnownLabelOptions = {}): Uint32Array {
  checkOptions('positiveCounts', options, knownLabelRules);
  return countPositives(checkLabels('positiveCounts', yTrue, options));
}
