import { checkOptions } from '../input/check-options';
import { knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countCrossPairs, countPairs } from './count-pairs';

/** The result of {@link labelCooccurrence}. */
export interface LabelCooccurrence extends LabelMatrix {
  /**
   * For every two labels, the number of rows that have the first and in which the second is known. `data`
   * divided by `known` is the share of the second label among the rows with the first. Absent if all labels
   * are known.
   */
  readonly known?: Float64Array;
}

/**
 * For every two labels, the number of rows that have both. The diagonal holds the number of rows with the
 * label.
 *
 * C = YᵀY, with 0 in Y where a label is unknown. Cost: rows times the square of the labels that a row has.
 *
 * @param yTrue labels, 0/1, rows × classes; what `mask` or `ignoreValue` leave out is unknown
 * @returns classes × classes, symmetric
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError, OptionValueError
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
export function labelCooccurrence(yTrue: MatrixInput, options: KnownLabelOptions = {}): LabelCooccurrence {
  checkOptions('labelCooccurrence', options, knownLabelRules);
  const checked = checkLabels('labelCooccurrence', yTrue, options);
  const { rows, columns, truth, known } = checked;
  return {
    data: countPairs(rows, columns, truth),
    shape: [columns, columns],
    ...(known && { known: countCrossPairs(rows, columns, truth, known) }),
  };
}

/** One number for every two labels, row-major. Every function that takes a matrix takes it. */
export interface LabelMatrix {
  readonly data: Float64Array;
  readonly shape: readonly [labels: number, labels: number];
}
