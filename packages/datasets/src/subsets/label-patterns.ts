/** Which rows have the same labels: the number of each row's pattern, from 0, and how many patterns there are. */
export interface LabelPatterns {
  readonly numbers: Int32Array;
  readonly count: number;
}

/** Numbers the rows of a 0/1 matrix so that rows with equal labels have equal numbers. */
export function labelPatterns(y: Uint8Array, rowCount: number, labelCount: number): LabelPatterns {
  const known = new Map<string, number>();
  const numbers = new Int32Array(rowCount);
  const codes = new Uint16Array(Math.ceil(labelCount / 16));
  for (let row = 0, i = 0; row < rowCount; row++) {
    codes.fill(0);
    for (let column = 0; column < labelCount; column++, i++) codes[column >> 4] |= y[i] << (column & 15);
    const key = String.fromCharCode(...codes);
    let number = known.get(key);
    if (number === undefined) known.set(key, (number = known.size));
    numbers[row] = number;
  }
  return { numbers, count: known.size };
}
