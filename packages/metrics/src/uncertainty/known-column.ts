import type { CheckedInputs } from '../input/check-inputs';

/** The known rows of a column, without gaps. */
export function knownColumn(
  { rows, columns, truth, known }: Pick<CheckedInputs, 'rows' | 'columns' | 'truth' | 'known'>,
  scores: Float32Array | Float64Array,
  column: number,
): { readonly truth: Uint8Array; readonly scores: Float32Array | Float64Array } {
  const cells: number[] = [];
  for (let cell = column; cell < rows * columns; cell += columns) if (known?.[cell] !== 0) cells.push(cell);
  const take = (cell: number) => scores[cell];
  return {
    truth: Uint8Array.from(cells, (cell) => truth[cell]),
    scores: scores instanceof Float32Array ? Float32Array.from(cells, take) : Float64Array.from(cells, take),
  };
}
