import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { thresholdRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { ThresholdOptions } from '../options';
import { type CountedCells, countCells } from './count-cells';

/** The result of {@link confusionCounts}: the four cells of the 2×2 table of each class. */
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
 * A score predicts its class if `score >= threshold` (scikit-learn's convention), or if `score > threshold`
 * (Keras') with `comparison: '>'`. In each class, tp + fp + fn + tn is the number of rows, or the sum of
 * their weights. Cells with an unknown label aren't counted. scikit-learn's `multilabel_confusion_matrix`
 * holds the same counts as [[tn, fp], [fn, tp]].
 *
 * Thresholds are rounded to 32-bit floats before they are compared with `Float32Array` scores, as in NumPy
 * and Keras. A score of 0.3 in a Float32Array therefore reaches the threshold 0.3 and is not above it, though
 * `Math.fround(0.3) > 0.3` in plain JavaScript.
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
