import type { MatrixInput } from '../matrix-input';
import { checkScores } from './check-scores';
import { checkShapes } from './check-shapes';
import { checkTruth } from './check-truth';
import { readMatrix } from './read-matrix';

/** Labels and scores after the door: same shape, row-major, labels 0/1, scores finite. */
export interface CheckedInputs {
  readonly rows: number;
  readonly columns: number;
  /** 0/1, row-major. */
  readonly truth: Uint8Array;
  /** Finite, row-major; 32-bit only where 32-bit floats came in. */
  readonly scores: Float32Array | Float64Array;
}

/**
 * The one door through which labels and scores enter the package.
 * A `Uint8Array` of labels and a `Float32Array` or `Float64Array` of scores pass uncopied.
 */
export function checkInputs(
  metric: string,
  yTrue: MatrixInput,
  yScore: MatrixInput,
  labels: readonly string[] | undefined,
): CheckedInputs {
  const readTruth = readMatrix(metric, 'yTrue', yTrue);
  const readScores = readMatrix(metric, 'scores', yScore);
  const [rows, columns] = checkShapes(metric, readTruth, readScores, labels);
  return {
    rows,
    columns,
    truth: checkTruth(metric, readTruth.data, columns, labels),
    scores: checkScores(metric, readScores.data, columns, labels),
  };
}
