/** The given rows of a matrix of bytes, in their order. */
export function takeMatrixRows(matrix: Uint8Array, width: number, rows: Int32Array): Uint8Array {
  const taken = new Uint8Array(rows.length * width);
  for (let i = 0, o = 0; i < rows.length; i++) {
    for (let from = rows[i] * width, end = from + width; from < end; ) taken[o++] = matrix[from++];
  }
  return taken;
}
