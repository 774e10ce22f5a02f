import { LabelShapeError } from '../errors';
import { checkScores } from '../input/check-scores';
import { checkShapes } from '../input/check-shapes';
import { readMatrix } from '../input/read-matrix';
import type { MatrixInput } from '../matrix-input';
import { logitOf, type SigmoidCalibration, sigmoid } from './sigmoid-calibration';

/** The result of {@link calibrateScores}: probabilities as a matrix that every metric takes. */
export interface Probabilities {
  readonly data: Float64Array;
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * Applies a calibration that {@link temperatureScaling} or {@link plattScaling} fitted to other scores.
 *
 * p = σ(slope · z + intercept) for each class, where z is the logit. A class whose calibration is NaN gets
 * NaN, which metrics refuse by name.
 *
 * @param yLogit logits, rows × classes, or probabilities if the calibration was fitted on those
 * @throws LabelShapeError if the calibration has another number of classes; ScoreValueError, EmptyInputError
 *
 * @example
 * ```ts
 * import { calibrateScores, plattScaling } from '@thawjs/metrics';
 *
 * const calibration = plattScaling([[0, 1], [1, 0], [1, 1]], [[-2, 0.5], [1, -1], [3, 2]]);
 * const { data, shape } = calibrateScores([[0, 0]], JSON.parse(JSON.stringify(calibration)));
 * console.log(shape, data[0].toFixed(3), data[1].toFixed(3)); // [ 1, 2 ] 0.563 0.551
 * ```
 */
export function calibrateScores(yLogit: MatrixInput, calibration: SigmoidCalibration): Probabilities {
  const read = readMatrix('calibrateScores', 'scores', yLogit);
  const { from, slopes, intercepts } = calibration;
  const classes = slopes.length;
  const shaped = read.shape === undefined && classes > 1 && read.data.length % classes === 0;
  const input = shaped ? { ...read, shape: [read.data.length / classes, classes] as const } : read;
  const [rows, columns] = checkShapes('calibrateScores', input, input, undefined);
  if (classes !== 1 && classes !== columns) {
    throw new LabelShapeError(
      `calibrateScores: expected scores of ${classes} classes, as the calibration has; received ${columns} columns.`,
    );
  }
  const scores = checkScores('calibrateScores', input.data, { columns });
  const data = Float64Array.from(scores, (score, at) => {
    const column = classes === 1 ? 0 : at % columns;
    return sigmoid(slopes[column] * logitOf(score, from) + intercepts[column]);
  });
  return { data, shape: [rows, columns] };
}
