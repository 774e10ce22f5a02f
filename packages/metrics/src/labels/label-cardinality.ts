import { checkOptions } from '../input/check-options';
import { knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countKnown, countPositives } from './count-labels';

/**
 * The mean number of labels that a row has.
 *
 * Card = positives / rows (Tsoumakas and Katakis 2007, "Multi-label classification: an overview"). Range [0, classes].
 *
 * - Unknown labels count as absent, so they lower the value. A row in which no label is known is left out.
 *   NaN if every row is left out.
 *
 * @param yTrue labels, 0/1, rows × classes; what `mask` or `ignoreValue` leave out is unknown
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { labelCardinality } from '@thawjs/metrics';
 *
 * console.log(labelCardinality([[1, 0, 1, 1], [1, 0, 0, 0]])); // 2
 * ```
 */
export function labelCardinality(yTrue: MatrixInput, options: KnownLabelOptions = {}): number {
  checkOptions('labelCardinality', options, knownLabelRules);
  const checked = checkLabels('labelCardinality', yTrue, options);
  return countPositives(checked).reduce((sum, count) => sum + count, 0) / countKnown(checked).rows;
}
