import { concatRecords } from '../records/concat-records';
import type { DatasetRecords, SplitName } from '../records/dataset-records';
import type { FinishedTable } from './table-records';

/**
 * Joins the rows of several tables. The labels are in the order of the first table.
 *
 * @param unnamed the value of a label in a table that lacks it: 0, if rows name their labels; otherwise the tables are
 *   refused
 * @param parts the official part of each table
 * @returns undefined if they have different labels, or not the same columns
 */
export function joinTables(
  tables: readonly FinishedTable[],
  unnamed: 'zero' | 'refuse',
  parts?: readonly SplitName[],
): FinishedTable | undefined {
  const labels = [...new Set(tables.flatMap(({ records }) => records.labels))];
  const isSame = tables.every(({ records }) => records.labels.length === labels.length);
  if (!isSame && unnamed === 'refuse') return undefined;
  const all = tables.map(({ records }, i) => {
    const part = parts?.[i];
    return { ...inOrder(records, labels), ...(part && { splits: records.ids.map(() => part) }) };
  });
  const [first] = all as [DatasetRecords];
  const isAlike = all.every(
    (records) =>
      (records.groups === undefined) === (first.groups === undefined) &&
      (records.splits === undefined) === (first.splits === undefined),
  );
  if (!isAlike) return undefined;
  return {
    records: concatRecords(all),
    imageNames: tables.flatMap(({ imageNames }) => imageNames),
    places: tables.flatMap(({ places }) => places),
    problems: tables.flatMap(({ problems }) => problems),
  };
}

/** The records with exactly these labels. Labels that the records lack are 0. */
function inOrder(records: DatasetRecords, labels: readonly string[]): DatasetRecords {
  const columns = labels.map((label) => records.labels.indexOf(label));
  const width = records.labels.length;
  const matrix = (from: Uint8Array, lacking: number) => {
    const taken = new Uint8Array(records.ids.length * labels.length);
    for (let row = 0, o = 0; row < records.ids.length; row++) {
      for (const column of columns) taken[o++] = column === -1 ? lacking : from[row * width + column];
    }
    return taken;
  };
  const { y, known } = records;
  return { ...records, labels, y: matrix(y, 0), ...(known && { known: matrix(known, 1) }) };
}
