import type { MatrixInput } from '../matrix-input';
import type { Averaged, ClassAverage } from '../options';
import { type CalibrationErrorOptions, calibrationError } from './calibration-error';

/**
 * The largest distance between mean score and share of positives in a bin: of each class, or averaged.
 *
 * MCE = max_b |share of positives in b − mean score in b| over the bins b of {@link calibrationCurve} that aren't empty (Naeini, Cooper and
 * Hauskrecht 2015; torchmetrics' `calibration_error`, norm `'max'`). scikit-learn has none.
 *
 * - Range [0, 1]. A bin of one row counts as much as any other: use few bins, or `strategy: 'quantile'`.
 * - Averages and unknown labels as in {@link expectedCalibrationError}.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yProb probabilities of the same shape, in [0, 1]
 * @returns one value per class for `average: 'none'`, else a number
 * @throws LabelShapeError, LabelValueError, ScoreValueError also for scores outside [0, 1], SampleWeightError, EmptyInputError, UnknownOptionError,
 *   OptionValueError
 *
 * @example
 * ```ts
 * import { maximumCalibrationError } from '@thawjs/metrics';
 *
 * console.log(maximumCalibrationError([0, 1, 1, 0, 1, 1], [0.25, 0.25, 0.75, 0.75, 0.75, 0.75], { bins: 2 })); // 0.25
 * ```
 */
export function maximumCalibrationError<A extends ClassAverage = 'macro'>(
  yTrue: MatrixInput,
  yProb: MatrixInput,
  options: CalibrationErrorOptions<A> = {},
): Averaged<A> {
  return calibrationError(
    'maximumCalibrationError',
    (calibration) => calibration.maximumCalibrationError,
    yTrue,
    yProb,
    options,
  );
}
