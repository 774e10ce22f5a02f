import type { CheckedInputs } from '../input/check-inputs';
import { checkShapes } from '../input/check-shapes';
import { checkTruth } from '../input/check-truth';
import { readMatrix } from '../input/read-matrix';
import type { MatrixInput } from '../matrix-input';

/** Labels after the door: row-major, 0/1. */
export type CheckedLabels = Pick<CheckedInputs, 'rows' | 'columns' | 'truth'>;

/** The door for functions of labels alone. */
export function checkLabels(
  metric: string,
  yTrue: MatrixInput,
  labels: readonly string[] | undefined,
): CheckedLabels {
  const read = readMatrix(metric, 'yTrue', yTrue);
  const [rows, columns] = checkShapes(metric, read, read, labels);
  return { rows, columns, truth: checkTruth(metric, read.data, columns, { labels }).truth };
}
