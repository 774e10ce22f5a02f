import { checkInputs } from '../../input/check-inputs';
import { checkOptions } from '../../input/check-options';
import type { MatrixInput } from '../../matrix-input';
import { expectedHits } from './expected-hits';
import { meanOverRows } from './mean-over-rows';
import { checkK, type TopKOptions, topKRules } from './top-k-options';

/**
 * The share of each row's positives that is among its k highest-scored labels, averaged over the rows.
 *
 * R@k = 1/rows · Σ_i |top_k(s_i) ∩ Y_i| / |Y_i|, with Y_i the positive labels of row i (torchmetrics' `RetrievalRecall` of one row).
 * scikit-learn has none.
 *
 * - Ties as in {@link precisionAtK}. Range [0, 1]; 1 for k = classes.
 * - A row without positives is 0/0: NaN, and so is the mean, unless `undefined` is `'skip'` or a number (torchmetrics: 0 by default).
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError; OptionValueError also for
 *   a k above the number of classes
 *
 * @example
 * ```ts
 * import { recallAtK } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0, 1, 0], [0, 0, 1, 0]];
 * const yScore = [[0.9, 0.8, 0.3, 0.1], [0.1, 0.2, 0.6, 0.4]];
 * console.log(recallAtK(yTrue, yScore, { k: 1 })); // 0.75
 * console.log(recallAtK([[0, 0]], [[0.2, 0.1]], { k: 1 })); // NaN
 * ```
 */
export function recallAtK(yTrue: MatrixInput, yScore: MatrixInput, options: TopKOptions): number {
  checkOptions('recallAtK', options, topKRules);
  const { k, undefined: policy } = options;
  const inputs = checkInputs('recallAtK', yTrue, yScore, options);
  checkK('recallAtK', k, inputs.columns);
  const hits = expectedHits(k, inputs.columns);
  return meanOverRows(inputs, (row) => hits(row) / row.count, policy);
}
