import { checkInputs } from '../../input/check-inputs';
import { checkOptions } from '../../input/check-options';
import type { MatrixInput } from '../../matrix-input';
import { expectedHits } from './expected-hits';
import { meanOverRows } from './mean-over-rows';
import { checkK, type TopKOptions, topKRules } from './top-k-options';

/**
 * The share of positives among each row's k highest-scored labels, averaged over the rows.
 *
 * P@k = 1/rows · Σ_i |top_k(s_i) ∩ Y_i| / k, with Y_i the positive labels of row i (the extreme-classification literature's P@k;
 * torchmetrics' `RetrievalPrecision` of one row). scikit-learn has none.
 *
 * - If a tie lies across the k-th place, its positives count by the share of its places that are among the
 *   first k: the mean over all orders of the tied scores. So the order of the columns doesn't matter.
 * - Range [0, 1]; at most min(k, positives) / k in a row. A row without positives is 0.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError; OptionValueError also for
 *   a k above the number of classes
 *
 * @example
 * ```ts
 * import { precisionAtK } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0, 1, 0], [0, 0, 1, 0]];
 * const yScore = [[0.9, 0.8, 0.3, 0.1], [0.1, 0.2, 0.6, 0.4]];
 * console.log(precisionAtK(yTrue, yScore, { k: 1 })); // 1
 * console.log(precisionAtK(yTrue, yScore, { k: 2 })); // 0.5
 * ```
 */
export function precisionAtK(yTrue: MatrixInput, yScore: MatrixInput, options: TopKOptions): number {
  checkOptions('precisionAtK', options, topKRules);
  const { k, undefined: policy } = options;
  const inputs = checkInputs('precisionAtK', yTrue, yScore, options);
  checkK('precisionAtK', k, inputs.columns);
  const hits = expectedHits(k, inputs.columns);
  return meanOverRows(inputs, (row) => hits(row) / k, policy);
}
