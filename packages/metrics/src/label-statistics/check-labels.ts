import { checkInputs } from '../input/check-inputs';
import type { MatrixInput } from '../matrix-input';

/** Labels after the door: row-major, 0/1. */
export interface CheckedLabels {
  readonly rows: number;
  readonly columns: number;
  readonly truth: Uint8Array;
}

/** The door for functions of labels alone. */
export function checkLabels(
  metric: string,
  yTrue: MatrixInput,
  labels: readonly string[] | undefined,
): CheckedLabels {
  return checkInputs(metric, yTrue, yTrue, labels);
}
