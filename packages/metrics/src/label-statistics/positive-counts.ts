import { checkOptions } from '../input/check-options';
import { labelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { LabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPositives } from './count-positives';

/**
 * The number of rows that have each label.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { positiveCounts } from '@thawjs/metrics';
 *
 * console.log(positiveCounts([[1, 0, 1], [1, 0, 0], [1, 0, 1]])); // Uint32Array(3) [ 3, 0, 2 ]
 * ```
 */
export function positiveCounts(yTrue: MatrixInput, options: LabelOptions = {}): Uint32Array {
  checkOptions('positiveCounts', options, labelRules);
  return countPositives(checkLabels('positiveCounts', yTrue, options.labels));
}
