import type { CheckedInputs } from '../input/check-inputs';

/** All (row, class) pairs as one column; nothing is copied. */
export function poolPairs({ rows, columns, truth, scores }: CheckedInputs): CheckedInputs {
  return { rows: rows * columns, columns: 1, truth, scores };
}
