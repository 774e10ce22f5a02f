import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { thresholdRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { ThresholdOptions } from '../options';
import { averageRatio } from './average-ratio';
import { countCells } from './count-cells';
import { errorRate } from './ratio';

/**
 * The share of single labels that are predicted wrong.
 *
 * Hamming loss = (Σ fp + Σ fn) / (rows · classes) (scikit-learn's `hamming_loss`). 1 − Hamming loss is the mean accuracy
 * of the labels: Keras' `BinaryAccuracy`. Range [0, 1]; NaN only if no label is known.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { hammingLoss } from '@thawjs/metrics';
 *
 * console.log(hammingLoss([[1, 0], [0, 1]], [[0.9, 0.2], [0.8, 0.6]])); // 0.25
 * ```
 */
export function hammingLoss(yTrue: MatrixInput, yScore: MatrixInput, options: ThresholdOptions = {}): number {
  checkOptions('hammingLoss', options, thresholdRules);
  const inputs = checkDecisions('hammingLoss', yTrue, yScore, options);
  return averageRatio(countCells('hammingLoss', inputs, options), errorRate, 'micro', {});
}
