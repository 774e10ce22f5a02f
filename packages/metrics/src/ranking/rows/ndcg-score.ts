import { checkInputs } from '../../input/check-inputs';
import { checkOptions } from '../../input/check-options';
import type { MatrixInput } from '../../matrix-input';
import { countAbove } from './count-above';
import { meanOverRows } from './mean-over-rows';
import { checkK, type TopKOptions, topKRules } from './top-k-options';

/** Options of {@link ndcgScore}. */
export interface NdcgOptions extends Omit<TopKOptions, 'k'> {
  /** Only the k highest-scored labels count, an integer from 1 to the number of classes. Default all. */
  readonly k?: number;
}

/**
 * The normalized discounted cumulative gain of each row's ranking, averaged over the rows.
 *
 * NDCG = 1/rows · Σ_i DCG_i / IDCG_i with DCG_i = Σ_{r=1..k} y_i(r) / log₂(r + 1), where y_i(r) is the label
 * at rank r, and IDCG_i the DCG of the best ranking (Järvelin and Kekäläinen 2002; scikit-learn's
 * `ndcg_score`). Labels are 0/1; graded relevance is refused.
 *
 * - Labels with equal scores share the discounts of their ranks, which is the mean over all orders of the
 *   tied labels (McSherry and Najork 2008; in scikit-learn with `ignore_ties=False`, its default).
 * - Range [0, 1]. A row without positives is 0/0: NaN, and so is the mean, unless `undefined` is `'skip'` or
 *   a number (scikit-learn: 0).
 * - With a single column, each positive row is 1 (scikit-learn throws).
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError; OptionValueError also for
 *   a k above the number of classes
 *
 * @example
 * ```ts
 * import { ndcgScore } from '@thawjs/metrics';
 *
 * console.log(ndcgScore([[1, 0, 0]], [[0.9, 0.5, 0.1]])); // 1
 * console.log(ndcgScore([[0, 0, 1]], [[0.9, 0.5, 0.1]])); // 0.5
 * console.log(ndcgScore([[1, 0, 0]], [[0.5, 0.5, 0.1]], { k: 1 })); // 0.5
 * ```
 */
export function ndcgScore(yTrue: MatrixInput, yScore: MatrixInput, options: NdcgOptions = {}): number {
  checkOptions('ndcgScore', options, topKRules);
  const { undefined: policy } = options;
  const inputs = checkInputs('ndcgScore', yTrue, yScore, options);
  const { k = inputs.columns } = options;
  checkK('ndcgScore', k, inputs.columns);
  const discounts = discountsOfTop(inputs.columns, k);
  const above = new Int32Array(inputs.columns);
  const atOrAbove = new Int32Array(inputs.columns);
  return meanOverRows(
    inputs,
    ({ all, width, positives, count }) => {
      countAbove(all, width, positives, count, false, above);
      countAbove(all, width, positives, count, true, atOrAbove);
      let [gain, best] = [0, 0];
      for (let at = 0; at < count; at++) {
        gain += meanOf(discounts.subarray(above[at], atOrAbove[at]));
        best += discounts[at];
      }
      return gain / best;
    },
    policy,
  );
}

/** The discount of each rank, from the first. */
function discountsOfTop(columns: number, k: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, rank) => (rank < k ? 1 / Math.log2(rank + 2) : 0));
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
