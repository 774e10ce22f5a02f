import { EmptyInputError, LabelShapeError, OptionValueError } from '../errors';
import { checkOptions } from '../input/check-options';
import { readMatrix } from '../input/read-matrix';
import type { MatrixInput } from '../matrix-input';
import { leavesList } from './leaves-list';
import { type LinkageOptions, linkage, linkageRules } from './linkage';

/**
 * The order of labels that places correlated labels next to each other, for the axes of a heatmap.
 *
 * The labels are clustered hierarchically ({@link linkage}) by the distances 1 − |r|; the order is that of
 * the leaves from left to right. Labels that occur together are near each other, and so are labels that
 * exclude each other. `seaborn.clustermap(correlation)` draws something else: it takes the rows of the matrix
 * for points, and clusters the distances between these points.
 *
 * - A label whose correlation is NaN, because it is the same in every row, is at distance 1, as if
 *   uncorrelated.
 *
 * @param correlation n × n, symmetric, in [−1, 1]: the result of {@link labelCorrelation}
 * @returns n column numbers, each once
 * @throws LabelShapeError if it isn't square, OptionValueError if it holds no correlations, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { clusterOrder, labelCorrelation } from '@thawjs/metrics';
 *
 * const labels = ['Bald', 'Makeup', 'Hat', 'Lipstick'];
 * const yTrue = [[1, 0, 0, 0], [0, 1, 1, 1], [0, 1, 0, 1], [1, 0, 1, 0]];
 * const order = clusterOrder(labelCorrelation(yTrue));
 * console.log(Array.from(order, (column) => labels[column])); // [ 'Hat', 'Lipstick', 'Bald', 'Makeup' ]
 * ```
 */
export function clusterOrder(correlation: MatrixInput, options: LinkageOptions = {}): Uint32Array {
  checkOptions('clusterOrder', options, linkageRules);
  const { data, shape = [1, data.length] } = readMatrix('clusterOrder', 'correlation', correlation);
  const [items, columns] = shape;
  if (data.length === 0)
    throw new EmptyInputError(
      'clusterOrder: expected the correlations of at least one label; received none.',
    );
  if (items !== columns) {
    throw new LabelShapeError(
      `clusterOrder: expected a square matrix of correlations; received ${items}×${columns}. Was the label matrix passed in place of labelCorrelation's result?`,
    );
  }
  const distances = new Float64Array(items * items);
  for (let row = 0; row < items; row++) {
    for (let column = 0; column < row; column++) {
      const r = data[row * items + column];
      const mirrored = data[column * items + row];
      if (Math.abs(r) > 1 + 1e-9 || (r !== mirrored && !(Number.isNaN(r) && Number.isNaN(mirrored)))) {
        throw new OptionValueError(
          `clusterOrder: expected correlations, symmetric and in [−1, 1]; received ${r} at row ${row}, column ${column} ` +
            `and ${mirrored} at row ${column}, column ${row}.`,
        );
      }
      const distance = Number.isNaN(r) ? 1 : Math.max(0, 1 - Math.abs(r));
      distances[row * items + column] = distance;
      distances[column * items + row] = distance;
    }
  }
  return leavesList(linkage({ data: distances, shape: [items, items] }, options));
}
