import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged } from '../options';
import { matthews } from './ratio';
import { type AveragedRatioOptions, scoreRatio } from './score-ratio';

/**
 * The correlation of labels and predictions: per class, or averaged.
 *
 * MCC = (tp·tn − fp·fn) / √((tp + fp)(tp + fn)(tn + fp)(tn + fn)) (Matthews 1975; scikit-learn's `matthews_corrcoef`, which takes one column
 * only; the phi coefficient).
 *
 * - A class with one kind of label or of prediction is 0/0: NaN. `zeroDivision: 0` gives scikit-learn's 0.
 * - `undefined` and the averages as in {@link precisionScore}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape, or 0/1 predictions
 * @returns one value per class for `average: 'none'`, else a number; range [−1, 1]
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { matthewsCorrcoef } from '@thawjs/metrics';
 *
 * console.log(matthewsCorrcoef([1, 1, 1, 0], [0.9, 0.2, 0.8, 0.4])); // 0.5773502691896258
 * console.log(matthewsCorrcoef([1, 0], [0.1, 0.9])); // -1
 * ```
 */
export function matthewsCorrcoef<A extends Average = 'macro'>(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A> = {},
): Averaged<A> {
  return scoreRatio('matthewsCorrcoef', matthews, yTrue, yScore, options);
}
