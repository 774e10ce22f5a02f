import { csvTable } from './csv-table';
import type { HistoryRowInput } from './history-row-input';

const KERAS = ['auc', 'loss', 'precision', 'recall', 'val_auc', 'val_loss', 'val_precision', 'val_recall'];

/**
 * Writes a training history as CSV, with the columns of Keras' history and the phase.
 *
 * Columns: `auc,loss,precision,recall,val_auc,val_loss,val_precision,val_recall,phase,epoch`. They are always
 * all there, so that a reader of Keras' file finds its eight columns first. All other fields of the rows
 * (`learningRate`, `seconds`, other metrics) follow in the order of their first appearance. Numbers are
 * written in full, so that they read back as the same double. NaN and missing values are empty fields, which
 * pandas and R read as missing.
 *
 * @param rows - one per epoch; without rows, only the header is written
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
