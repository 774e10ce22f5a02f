/** How many rows have each label: the column sums of a 0/1 matrix. */
export function positiveCounts(y: Uint8Array, labelCount: number): Int32Array {
  const counts = new Int32Array(labelCount);
  for (let start = 0; start < y.length; start += labelCount) {
    for (let column = 0; column < labelCount; column++) counts[column] += y[start + column];
  }
  return counts;
}
