import type { CheckedInputs } from './check-inputs';

/**
 * What each row has to say in a mean over rows: its weight, and nothing where none of its labels is known. Absent where
 * all have the same.
 */
export function weighRows({ columns, known, weights, rows }: CheckedInputs): Float64Array | undefined {
  if (known === undefined) return weights;
  return Float64Array.from({ length: rows }, (_, row) => {
    const isKnown = known.subarray(row * columns, (row + 1) * columns).includes(1);
    return isKnown ? (weights?.[row] ?? 1) : 0;
  });
}
