import { checkOptions } from '../input/check-options';
import { knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countCrossPairs, countPairs } from './count-pairs';
import type { LabelMatrix } from './label-cooccurrence';

/**
 * The correlation of every two labels over the rows: Pearson's r, which is the phi coefficient for 0/1
 * labels.
 *
 * r = (n·c_ab − c_a·c_b) / √(c_a (n − c_a) · c_b (n − c_b)) over n rows, of which c_a have a, c_b have b and
 * c_ab have both (`numpy.corrcoef` of the columns). The counts are integers, so r is exact up to the final
 * division.
 *
 * - Range [−1, 1]; 1 on the diagonal. NaN for a label that is the same in every row, on the diagonal, too.
 * - With unknown labels, n and the counts are those of the rows in which both labels are known, as in pandas'
 *   `corr`.
 *
 * @param yTrue labels, 0/1, rows × classes; what `mask` or `ignoreValue` leave out is unknown
 * @returns classes × classes, symmetric; {@link clusterOrder} sorts it for a heatmap
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { labelCorrelation } from '@thawjs/metrics';
 *
 * const { data } = labelCorrelation([[1, 1, 0], [1, 1, 0], [0, 0, 1], [1, 0, 1]]);
 * console.log(Array.from(data.slice(0, 3), (r) => r.toFixed(3)).join(' ')); // 1.000 0.577 -0.577
 * ```
 */
export function labelCorrelation(yTrue: MatrixInput, options: KnownLabelOptions = {}): LabelMatrix {
  checkOptions('labelCorrelation', options, knownLabelRules);
  const checked = checkLabels('labelCorrelation', yTrue, options);
  const { rows, columns, truth, known } = checked;
  const pairs = countPairs(rows, columns, truth);
  const common = known && countPairs(rows, columns, known);
  const beside = known && countCrossPairs(rows, columns, truth, known);
  /** Positives of a in the rows in which b is known. */
  const positives = (a: number, b: number) => (beside ? beside[a * columns + b] : pairs[a * columns + a]);
  const data = pairs.map((both, at) => {
    const [a, b] = [Math.floor(at / columns), at % columns];
    const n = common?.[at] ?? rows;
    const countA = positives(a, b);
    const countB = positives(b, a);
    // √a · √b instead of √(a · b): the product of four row counts exceeds 2^53 from 9,700 rows on.
    const deviation = Math.sqrt(countA * (n - countA)) * Math.sqrt(countB * (n - countB));
    if (deviation === 0) return Number.NaN;
    return a === b ? 1 : Math.min(1, Math.max(-1, (n * both - countA * countB) / deviation));
  });
  return { data, shape: [columns, columns] };
}
