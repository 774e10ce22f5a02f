import type { CheckedInputs } from '../input/check-inputs';

/** All (row, class) pairs as one column. Only the weights of the rows are copied. */
export function poolPairs({ rows, columns, truth, scores, known, weights }: CheckedInputs): CheckedInputs {
  const pooled = { rows: rows * columns, columns: 1, truth, scores, known };
  if (weights === undefined) return pooled;
  return {
    ...pooled,
    weights: Float64Array.from({ length: pooled.rows }, (_, pair) => weights[Math.floor(pair / columns)]),
  };
}
