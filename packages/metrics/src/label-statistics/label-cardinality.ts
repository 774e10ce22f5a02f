import { checkOptions } from '../input/check-options';
import { labelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { LabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPositives } from './count-positives';

/**
 * The mean number of labels that a row has.
 *
 * Card = positives / rows (Tsoumakas and Katakis 2007, "Multi-label classification: an overview"). Range [0, classes].
 *
 * @param yTrue labels, 0/1, rows × classes
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { labelCardinality } from '@thawjs/metrics';
 *
 * console.log(labelCardinality([[1, 0, 1, 1], [1, 0, 0, 0]])); // 2
 * ```
 */
export function labelCardinality(yTrue: MatrixInput, options: LabelOptions = {}): number {
  checkOptions('labelCardinality', options, labelRules);
  const checked = checkLabels('labelCardinality', yTrue, options.labels);
  return countPositives(checked).reduce((sum, count) => sum + count, 0) / checked.rows;
}
