import { takeFraming } from '../framing/take-framing';
import type { DatasetRecords } from './dataset-records';

/** The records of the given rows, in their order; a row may come more than once. */
export function takeRows(records: DatasetRecords, rows: Int32Array): DatasetRecords {
  const { ids, labels, y, groups, splits, images, imageIndices, framing } = records;
  const width = labels.length;
  const taken = new Uint8Array(rows.length * width);
  for (let i = 0, o = 0; i < rows.length; i++) {
    for (let from = rows[i]! * width, end = from + width; from < end; ) taken[o++] = y[from++]!;
  }
  return {
    ...records,
    ids: Array.from(rows, (row) => ids[row]!),
    y: taken,
    ...(groups && {
      groups:
        groups instanceof Int32Array
          ? rows.map((row) => groups[row]!)
          : Array.from(rows, (row) => groups[row]!),
    }),
    ...(splits && { splits: Array.from(rows, (row) => splits[row]!) }),
    ...(framing && { framing: takeFraming(framing, rows) }),
    ...(images && { imageIndices: rows.map((row) => imageIndices?.[row] ?? row) }),
  };
}
