/** The rows of each part, ascending. */
export function rowsOfParts(partOf: Uint8Array, partCount: number): Int32Array[] {
  const sizes = new Int32Array(partCount);
  for (const part of partOf) sizes[part]++;
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  partOf.forEach((part, row) => {
    rows[part][sizes[part]++] = row;
  });
  return rows;
}
