import { takeFraming, takeNumbers } from '../framing/take-framing';
import type { DatasetRecords } from './dataset-records';

/** The records of the given rows, in their order; a row may come more than once. */
export function takeRows(records: DatasetRecords, rows: Int32Array): DatasetRecords {
  const { subset: _, ...others } = records;
  const { ids, labels, y, known, groups, splits, images, imageIndices, landmarks, framing } = records;
  return {
    ...others,
    ids: Array.from(rows, (row) => ids[row]),
    y: takeMatrixRows(y, labels.length, rows),
    ...(known && { known: takeMatrixRows(known, labels.length, rows) }),
    ...(groups && {
      groups:
        groups instanceof Int32Array
          ? rows.map((row) => groups[row])
          : Array.from(rows, (row) => groups[row]),
    }),
    ...(splits && { splits: Array.from(rows, (row) => splits[row]) }),
    ...(landmarks && { landmarks: takeNumbers(landmarks, landmarks.length / ids.length, rows) }),
    ...(framing && { framing: takeFraming(framing, rows) }),
    ...(images && { imageIndices: rows.map((row) => imageIndices?.[row] ?? row) }),
  };
}

/** The given rows of a matrix of bytes, in their order. */
export function takeMatrixRows(matrix: Uint8Array, width: number, rows: Int32Array): Uint8Array {
  const taken = new Uint8Array(rows.length * width);
  for (let i = 0, o = 0; i < rows.length; i++) {
    for (let from = rows[i] * width, end = from + width; from < end; ) taken[o++] = matrix[from++];
  }
  return taken;
}
