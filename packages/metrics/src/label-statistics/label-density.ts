import { checkOptions } from '../input/check-options';
import { labelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { LabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPositives } from './count-positives';

/**
 * The share of single labels that are positive.
 *
 * Dens = positives / (rows · classes) = {@link labelCardinality} / classes (Tsoumakas and Katakis 2007). Range [0, 1].
 *
 * @param yTrue labels, 0/1, rows × classes
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { labelDensity } from '@thawjs/metrics';
 *
 * console.log(labelDensity([[1, 0, 1, 1], [1, 0, 0, 0]])); // 0.5
 * ```
 */
export function labelDensity(yTrue: MatrixInput, options: LabelOptions = {}): number {
  checkOptions('labelDensity', options, labelRules);
  const checked = checkLabels('labelDensity', yTrue, options.labels);
  return countPositives(checked).reduce((sum, count) => sum + count, 0) / (checked.rows * checked.columns);
}
