import { LabelValueError, ScoreValueError } from '../errors';
import type { MatrixInput } from '../matrix-input';
import { allBinary } from './all-binary';
import { allFinite } from './all-finite';
import { checkShapes } from './check-shapes';
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
  const where = (index: number) => place(index, columns, labels);
  return {
    rows,
    columns,
    truth: checkTruth(metric, readTruth.data, where),
    scores: checkScores(metric, readScores.data, where),
  };
}

function checkTruth(metric: string, data: ArrayLike<number>, where: (index: number) => string): Uint8Array {
  const index = data instanceof Uint8Array && allBinary(data) ? -1 : firstNotBinary(data);
  if (index >= 0) {
    throw new LabelValueError(
      `${metric}: expected labels 0 or 1; received ${display(data[index])} at ${where(index)}. ` +
        'Convert other codings, such as −1/1 or booleans, first.',
    );
  }
  return data instanceof Uint8Array ? data : Uint8Array.from(data);
}

function checkScores(
  metric: string,
  data: ArrayLike<number>,
  where: (index: number) => string,
): Float32Array | Float64Array {
  const typed = data instanceof Float32Array || data instanceof Float64Array;
  const index = typed && allFinite(data) ? -1 : firstNotFinite(data);
  if (index >= 0) {
    throw new ScoreValueError(
      `${metric}: expected finite scores; received ${display(data[index])} at ${where(index)}. ` +
        'Did training diverge, or a logarithm meet 0?',
    );
  }
  return typed ? data : Float64Array.from(data);
}

// First whether there is any offender, without a branch a value; only then which.

function firstNotBinary(data: ArrayLike<number>): number {
  for (let index = 0; index < data.length; index++) {
    if (data[index] !== 0 && data[index] !== 1) return index;
  }
  return -1;
}

function firstNotFinite(data: ArrayLike<number>): number {
  for (let index = 0; index < data.length; index++) if (!Number.isFinite(data[index])) return index;
  return -1;
}

function place(index: number, columns: number, labels: readonly string[] | undefined): string {
  const column = index % columns;
  const name = labels === undefined ? '' : ` (${labels[column]})`;
  return `row ${Math.floor(index / columns)}, column ${column}${name}`;
}

function display(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
