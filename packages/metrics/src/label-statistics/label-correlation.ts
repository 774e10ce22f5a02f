import { checkOptions } from '../input/check-options';
import { labelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { LabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countPairs } from './count-pairs';
import type { LabelMatrix } from './label-matrix';

/**
 * For every two labels their correlation over the rows: Pearson's r, which is the phi coefficient for 0/1 labels.
 *
 * r = (n·c_ab − c_a·c_b) / √(c_a (n − c_a) · c_b (n − c_b)) over n rows, of which c_a have a, c_b have b and c_ab have both (`numpy.corrcoef`
 * of the columns), from integers: exact up to the division.
 *
 * - Range [−1, 1]; 1 on the diagonal. NaN for a label that is the same in every row, the diagonal included.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @returns classes × classes, symmetric; {@link clusterOrder} sorts it for a heatmap
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { labelCorrelation } from '@thawjs/metrics';
 *
 * const { data } = labelCorrelation([[1, 1, 0], [1, 1, 0], [0, 0, 1], [1, 0, 1]]);
 * console.log(Array.from(data.slice(0, 3), (r) => r.toFixed(3)).join(' ')); // 1.000 0.577 -0.577
 * ```
 */
export function labelCorrelation(yTrue: MatrixInput, options: LabelOptions = {}): LabelMatrix {
  checkOptions('labelCorrelation', options, labelRules);
  const checked = checkLabels('labelCorrelation', yTrue, options.labels);
  const { rows, columns } = checked;
  const pairs = countPairs(checked);
  const counts = Float64Array.from({ length: columns }, (_, column) => pairs[column * columns + column]!);
  // √a · √b, not √(a · b): four factors of rows leave 2^53 behind at 9,700 rows.
  const deviations = counts.map((count) => Math.sqrt(count * (rows - count)));
  const data = pairs.map((both, at) => {
    const [a, b] = [Math.floor(at / columns), at % columns];
    if (a === b) return deviations[a] === 0 ? Number.NaN : 1;
    const r = (rows * both - counts[a]! * counts[b]!) / (deviations[a]! * deviations[b]!);
    return Math.min(1, Math.max(-1, r));
  });
  return { data, shape: [columns, columns] };
}
