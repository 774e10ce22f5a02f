import { stringify } from 'csv-stringify/sync';

/** A cell of a CSV file: a text or a number. NaN becomes an empty field. */
export type CsvCell = string | number;

/** Options of {@link csvTable}. */
export interface CsvTableOptions {
  /**
   * What to do with a text that a spreadsheet would run as a formula, such as a file name `=HYPERLINK(…)`:
   * `'text'` (default) puts an apostrophe in front; `'keep'` leaves the text, for readers that aren't
   * spreadsheets.
   */
  readonly formulas?: 'text' | 'keep';
}

/**
 * How formulas begin in Excel, LibreOffice and Google Sheets (OWASP, "CSV Injection"), full-width signs
 * included.
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/**
 * Writes rows of cells as CSV (RFC 4180), lines ended by `\n`. Numbers are written in full, so that they read back as the
 * same double.
 *
 * @example
 * ```ts
 * import { csvTable } from '@thawjs/report';
 *
 * console.log(csvTable([['=1+1', -0.5, Number.NaN]]).trimEnd()); // '=1+1,-0.5,
 * ```
 */
export function csvTable(
  rows: readonly (readonly CsvCell[])[],
  { formulas = 'text' }: CsvTableOptions = {},
): string {
  return stringify(rows.map((row) => row.map((cell) => field(cell, formulas))));
}

function field(cell: CsvCell, formulas: CsvTableOptions['formulas']): string {
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  const runs = formulas === 'text' && FORMULA.test(cell) && !isNumber(cell);
  return runs ? `'${cell}` : cell;
}

function isNumber(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
}
