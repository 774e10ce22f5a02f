/** The positive labels of every row, one list after the other: row r's are `columns[starts[r] … starts[r + 1]]`. */
export interface LabelLists {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
}

/** Turns a 0/1 matrix into lists, which a search walks several times faster, as most labels are absent. */
export function labelLists(y: Uint8Array, rowCount: number, labelCount: number): LabelLists {
  let positives = 0;
  for (let i = 0; i < y.length; i++) positives += y[i];
  const starts = new Int32Array(rowCount + 1);
  const columns = new Int32Array(positives);
  let end = 0;
  for (let row = 0, i = 0; row < rowCount; row++) {
    for (let column = 0; column < labelCount; column++, i++) if (y[i] === 1) columns[end++] = column;
    starts[row + 1] = end;
  }
  return { starts, columns };
}

/** Sum of the weights of the row's labels. */
export function linear({ starts, columns }: LabelLists, weights: Float64Array, row: number): number {
  let total = 0;
  for (let i = starts[row]; i < starts[row + 1]; i++) total += weights[columns[i]];
  return total;
}
