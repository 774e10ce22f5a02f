import { csvTable } from './csv-table';
import type { HistoryRowInput } from './history-row-input';

const KERAS = ['auc', 'loss', 'precision', 'recall', 'val_auc', 'val_loss', 'val_precision', 'val_recall'];

/**
 * Writes a training history as CSV, with the columns that Keras' history has and the phase.
 *
 * Columns: `auc,loss,precision,recall,val_auc,val_loss,val_precision,val_recall,phase,epoch`, always all of them, so
 * that a reader of Keras' file finds its eight in front; then whatever else the rows hold (`learningRate`, `seconds`,
 * other metrics) in the order of its first appearance. Numbers are written in full (they read back as the same double);
 * NaN and missing values are empty fields, which pandas and R read as missing.
 *
 * @param rows - one per epoch; none gives the header alone
 * @returns the file's text, lines ended by `\n`
 *
 * @example
 * ```ts
 * import { historyCsv } from '@thawjs/report';
 *
 * const row = { phase: 'head', epoch: 0, auc: 0.5, loss: 0.75, precision: 0.25, recall: Number.NaN };
 * console.log(historyCsv([row]).split('\n')[1]); // 0.5,0.75,0.25,,,,,,head,0
 * ```
 */
export function historyCsv(rows: readonly HistoryRowInput[]): string {
  const columns = [...new Set([...KERAS, 'phase', 'epoch', ...rows.flatMap((row) => Object.keys(row))])];
  return csvTable([columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]);
}
