import type { DatasetRecords } from './dataset-records';

/** The records with the given label columns only, in their order. */
export function takeLabels(records: DatasetRecords, columns: readonly number[]): DatasetRecords {
  const { ids, labels, y } = records;
  const taken = new Uint8Array(ids.length * columns.length);
  for (let row = 0, o = 0; row < ids.length; row++) {
    for (const column of columns) taken[o++] = y[row * labels.length + column]!;
  }
  return { ...records, labels: columns.map((column) => labels[column]!), y: taken };
}
