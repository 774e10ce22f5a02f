import { takeFraming } from '../framing/take-framing';
import { takeNumbers } from '../framing/take-numbers';
import type { DatasetRecords } from './dataset-records';
import { takeMatrixRows } from './take-matrix-rows';

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
