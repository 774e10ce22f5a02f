import { labelColumns } from '../labels/label-columns';
import type { DatasetRecords, SplitName } from './dataset-records';

/** One row, as `filter` shows it. */
export interface DatasetRow {
  readonly row: number;
  readonly id: string;
  /** The group, if the dataset has groups. */
  readonly group: number | string | undefined;
  /** The official part, if the dataset has one. */
  readonly split: SplitName | undefined;
  /**
   * Whether the row has the label; false if that is unknown.
   *
   * @throws {UnknownLabelError} the dataset has no such label
   */
  has(label: string): boolean;
  /**
   * Whether it is known if the row has the label.
   *
   * @throws {UnknownLabelError} the dataset has no such label
   */
  knows(label: string): boolean;
}

/** A view of one row; nothing is copied. */
export function datasetRow(
  { ids, labels, y, known, groups, splits }: DatasetRecords,
  row: number,
): DatasetRow {
  const at = (caller: string, label: string) => {
    let column = labels.indexOf(label);
    if (column === -1) column = labelColumns(caller, [label], labels)[0];
    return row * labels.length + column;
  };
  return {
    row,
    id: ids[row],
    group: groups?.[row],
    split: splits?.[row],
    has: (label) => y[at('has', label)] === 1,
    knows: (label) => (known?.[at('knows', label)] ?? 1) === 1,
  };
}
