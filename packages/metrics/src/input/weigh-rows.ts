import type { CheckedInputs } from './check-inputs';

/**
 * The weight of each row in a mean over rows: its sample weight, or 0 if none of its labels is known.
 * Undefined if all rows weigh the same.
 */
export function weighRows({ columns, known, weights, rows }: CheckedInputs): Float64Array | undefined {
  if (known === undefined) return weights;
  return Float64Array.from({ length: rows }, (_, row) => {
    const isKnown = known.subarray(row * columns, (row + 1) * columns).includes(1);
    return isKnown ? (weights?.[row] ?? 1) : 0;
  });
}
