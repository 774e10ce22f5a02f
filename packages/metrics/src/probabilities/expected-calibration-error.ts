import type { MatrixInput } from '../matrix-input';
import type { Averaged, ClassAverage } from '../options';
import { type CalibrationErrorOptions, calibrationError } from './calibration-error';

/**
 * How far mean scores are from the share of positives, on average over the rows' bins: of each class, or
 * averaged.
 *
 * ECE = Σ_b n_b / n · |share of positives in b − mean score in b| over the bins b of {@link calibrationCurve} (Naeini, Cooper and Hauskrecht 2015; Guo
 * et al. 2017; torchmetrics' `calibration_error`, norm `'l1'`, whose bins are [lower, upper)). scikit-learn has none.
 *
 * - Range [0, 1]. The value depends on the bins. On few rows it is biased upwards, because noise in a bin
 *   counts as error.
 * - `'micro'` bins all (row, class) pairs together, so that errors of different classes can cancel;
 *   `'weighted'` weighs a class by its positives.
 * - NaN only for a class of which no label is known.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yProb probabilities of the same shape, in [0, 1]
 * @returns one value per class for `average: 'none'`, else a number
 * @throws LabelShapeError, LabelValueError, ScoreValueError also for scores outside [0, 1], SampleWeightError, EmptyInputError, UnknownOptionError,
 *   OptionValueError
 *
 * @example
 * ```ts
 * import { expectedCalibrationError } from '@thawjs/metrics';
 *
 * console.log(expectedCalibrationError([0, 1, 1, 1], [0.25, 0.25, 0.75, 0.75], { bins: 2 })); // 0.25
 * ```
 */
export function expectedCalibrationError<A extends ClassAverage = 'macro'>(
  yTrue: MatrixInput,
  yProb: MatrixInput,
  options: CalibrationErrorOptions<A> = {},
): Averaged<A> {
  return calibrationError(
    'expectedCalibrationError',
    (calibration) => calibration.expectedCalibrationError,
    yTrue,
    yProb,
    options,
  );
}
