/**
 * Rows as CSV (RFC 4180, lines end with `\n`), with a header of all their columns. The cells of undefined values, null and
 * NaN are empty. A text that a spreadsheet would run as a formula begins with an apostrophe.
 */
export function csv(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return [...lines.map((line) => line.map(cell).join(',')), ''].join('\n');
}

/** How a formula begins in spreadsheets (OWASP, "CSV Injection"), signs of full width included. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

function cell(value: unknown): string {
  if (value === undefined || value === null || Number.isNaN(value)) return '';
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  const text = typeof value === 'string' && FORMULA.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
