import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { thresholdRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { ThresholdOptions } from '../options';
import { type CountedCells, countCells } from './count-cells';

/** What {@link confusionCounts} gives: for each class the four cells of its 2×2 table. */
export interface ConfusionCounts {
  /** True positives: label 1, predicted 1. */
  readonly tp: Float64Array;
  /** False positives: label 0, predicted 1. */
  readonly fp: Float64Array;
  /** False negatives: label 1, predicted 0. */
  readonly fn: Float64Array;
  /** True negatives: label 0, predicted 0. */
  readonly tn: Float64Array;
}

/**
 * Counts true and false positives and negatives of each class at a threshold.
 *
 * A score predicts its class where `score >= threshold` (scikit-learn's convention), or `score > threshold` (Keras')
 * with `comparison: '>'`. tp + fp + fn + tn = rows in every class, or the sum of their weights; a cell whose label is unknown counts nowhere. scikit-learn's `multilabel_confusion_matrix` holds
 * the same counts as [[tn, fp], [fn, tp]].
 *
 * A threshold meets `Float32Array` scores as a 32-bit float: 0.3 in a Float32Array reaches the threshold 0.3 and is not
 * above it, as in NumPy and Keras, though plain JavaScript says `Math.fround(0.3) > 0.3`.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { confusionCounts } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 0], [0, 0], [1, 1]];
 * const yScore = [[0.9, 0.2], [0.5, 0.1], [0.3, 0.7]];
 * const { tp, fp, fn, tn } = confusionCounts(yTrue, yScore);
 * console.log([...tp], [...fp], [...fn], [...tn]); // [ 1, 1 ] [ 1, 0 ] [ 1, 0 ] [ 0, 2 ]
 * console.log([...confusionCounts(yTrue, yScore, { comparison: '>' }).fp]); // [ 0, 0 ]
 * ```
 */
export function confusionCounts(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: ThresholdOptions = {},
): ConfusionCounts {
  checkOptions('confusionCounts', options, thresholdRules);
  const inputs = checkDecisions('confusionCounts', yTrue, yScore, options);
  const counts: CountedCells = countCells('confusionCounts', inputs, options);
  return counts;
}
