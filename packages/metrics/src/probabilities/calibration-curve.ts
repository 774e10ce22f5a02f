import { checkOptions } from '../input/check-options';
import type { MatrixInput } from '../matrix-input';
import { type CalibrationOptions, calibrateClasses, calibrationRules } from './calibrate-classes';
import { checkProbabilities } from './check-probabilities';
import type { ClassCalibration } from './class-calibration';

/**
 * The reliability curve of each class: for each bin of scores, the mean score and the share of positives.
 *
 * A bin (lower, upper] includes its upper edge; the first bin includes its lower edge, too (scikit-learn's
 * `calibration_curve`; DeGroot and Fienberg 1983). Calibrated probabilities lie on the diagonal.
 *
 * - Empty bins are kept, with count 0 and NaN; scikit-learn leaves them out.
 * - Each curve also has the errors of {@link expectedCalibrationError} and {@link maximumCalibrationError}.
 * - Scores are summed without rounding, so that the order of the rows makes no difference. With
 *   `strategy: 'quantile'`, weights don't move the edges.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yProb probabilities of the same shape, in [0, 1]
 * @returns one entry per class
 * @throws LabelShapeError, LabelValueError, ScoreValueError also for scores outside [0, 1], SampleWeightError, EmptyInputError, UnknownOptionError,
 *   OptionValueError
 *
 * @example
 * ```ts
 * import { calibrationCurve } from '@thawjs/metrics';
 *
 * const [curve] = calibrationCurve([0, 0, 1, 1, 0, 1], [0.125, 0.25, 0.25, 0.75, 0.75, 1], { bins: 2 });
 * console.log(curve.bins.map(({ positiveShare }) => positiveShare)); // [ 0.3333333333333333, 0.6666666666666666 ]
 * console.log(curve.bins[1].meanScore); // 0.8333333333333334
 * ```
 */
export function calibrationCurve(
  yTrue: MatrixInput,
  yProb: MatrixInput,
  options: CalibrationOptions = {},
): readonly ClassCalibration[] {
  checkOptions('calibrationCurve', options, calibrationRules);
  return calibrateClasses(checkProbabilities('calibrationCurve', yTrue, yProb, options), options);
}
