import type { DatasetRecords } from './dataset-records';

/** The records with the given label columns only, in their order. */
export function takeLabels(records: DatasetRecords, columns: readonly number[]): DatasetRecords {
  const { subset: _, ...others } = records;
  const { labels, y, known } = records;
  return {
    ...others,
    labels: columns.map((column) => labels[column]),
    y: takeColumns(y, labels.length, columns),
    ...(known && { known: takeColumns(known, labels.length, columns) }),
  };
}

function takeColumns(matrix: Uint8Array, width: number, columns: readonly number[]): Uint8Array {
  const rows = width === 0 ? 0 : matrix.length / width;
  const taken = new Uint8Array(rows * columns.length);
  for (let row = 0, o = 0; row < rows; row++) {
    for (const column of columns) taken[o++] = matrix[row * width + column];
  }
  return taken;
}
