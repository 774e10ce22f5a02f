import type { HistoryRow } from './history';

/** The rows of a history as CSV, with a header. The cells of undefined numbers are empty. */
export function historyCsv(rows: readonly HistoryRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}

function cell(value: number | string | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
