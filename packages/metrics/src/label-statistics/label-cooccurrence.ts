import { checkOptions } from '../input/check-options';
import { labelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { LabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPairs } from './count-pairs';
import type { LabelMatrix } from './label-matrix';

/**
 * For every two labels the number of rows that have both; on the diagonal the rows that have the one.
 *
 * C = YᵀY. Cost: rows times the square of the labels that a row has.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @returns classes × classes, symmetric
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { labelCooccurrence } from '@thawjs/metrics';
 *
 * const { data, shape } = labelCooccurrence([[1, 1, 0], [1, 0, 0], [1, 1, 1]]);
 * console.log(shape); // [ 3, 3 ]
 * console.log([...data.slice(0, 3)], [...data.slice(3, 6)], [...data.slice(6)]); // [ 3, 2, 1 ] [ 2, 2, 1 ] [ 1, 1, 1 ]
 * ```
 */
export function labelCooccurrence(yTrue: MatrixInput, options: LabelOptions = {}): LabelMatrix {
  checkOptions('labelCooccurrence', options, labelRules);
  const checked = checkLabels('labelCooccurrence', yTrue, options.labels);
  return { data: countPairs(checked), shape: [checked.columns, checked.columns] };
}
