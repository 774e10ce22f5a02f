import type { DatasetRecords } from './dataset-records';
import { type DatasetRow, datasetRow } from './dataset-row';

/** The value of a label in a row: true, false, or undefined if it isn't known. */
export type LabelRule = (row: DatasetRow) => boolean | undefined;

/** The records with other labels, each made from the row. */
export function mapLabels(
  records: DatasetRecords,
  rules: Readonly<Record<string, LabelRule>>,
): DatasetRecords {
  const { subset: _, known: __, ...others } = records;
  const labels = Object.keys(rules);
  const y = new Uint8Array(records.ids.length * labels.length);
  const known = new Uint8Array(y.length).fill(1);
  let i = 0;
  for (let row = 0; row < records.ids.length; row++) {
    const view = datasetRow(records, row);
    for (const label of labels) {
      const value = rules[label](view);
      if (value === undefined) known[i] = 0;
      y[i++] = value ? 1 : 0;
    }
  }
  return { ...others, labels, y, ...(known.includes(0) && { known }) };
}
