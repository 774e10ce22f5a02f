import type { CheckedInputs } from '../input/check-inputs';
import type { Matrix } from '../matrix-input';

/** Labels and scores of some of the rows, scores in the precision in which they came. */
export function takeRows(
  { columns, truth, scores }: CheckedInputs,
  rows: readonly number[],
): { readonly truth: Matrix; readonly scores: Matrix } {
  const shape = [rows.length, columns];
  const someTruth = new Uint8Array(rows.length * columns);
  const someScores =
    scores instanceof Float32Array ? new Float32Array(someTruth.length) : new Float64Array(someTruth.length);
  for (const [at, row] of rows.entries()) {
    someTruth.set(truth.subarray(row * columns, (row + 1) * columns), at * columns);
    someScores.set(scores.subarray(row * columns, (row + 1) * columns), at * columns);
  }
  return { truth: { data: someTruth, shape }, scores: { data: someScores, shape } };
}
