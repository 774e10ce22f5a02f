/** How formulas begin in Excel, LibreOffice and Google Sheets, behind any apostrophes; as `csvTable` of @thawjs/report has it. */
const FORMULA = /^'*(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;

/** A text as a cell of a CSV that no spreadsheet runs as a formula. */
export function guardedCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text of a cell that `guardedCell`, or another program in the same way, has written. */
export function unguardedCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
