import { flag } from '../input/option-rules';

/** How a table is written. */
export type TableFormat = 'text' | 'markdown' | 'csv';

/** Rules of the options that all functions for tables share. */
export const tableRules = {
  format: {
    accepts: (value: unknown) => value === 'text' || value === 'markdown' || value === 'csv',
    expected: '"text" or "markdown" or "csv"',
  },
  descending: flag,
  top: {
    accepts: (value: unknown) => Number.isInteger(value) && (value as number) >= 0,
    expected: 'an integer from 0',
  },
  digits: {
    accepts: (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 20,
    expected: 'an integer from 0 to 20',
  },
};

/** Cells as text. `undefined` is an empty line between rows, if the format has one. */
export type TableRows = readonly (readonly string[] | undefined)[];

/** Writes a header and rows of cells: first column to the left, the others to the right. */
export function writeTable(header: readonly string[], rows: TableRows, format: TableFormat): string {
  if (format === 'csv')
    return [header, ...rows]
      .flatMap((row) => (row === undefined ? [] : [row.map(csvCell).join(',')]))
      .join('\n');
  const markdown = format === 'markdown';
  const cells = [header, ...rows].map((row) => row?.map(markdown ? markdownCell : textCell));
  const widths = header.map((_, column) =>
    Math.max(markdown ? 3 : 0, ...cells.map((row) => row?.[column]?.length ?? 0)),
  );
  const padded = cells.map((row) =>
    row?.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))),
  );
  if (!markdown) return padded.map((row) => row?.join('  ').trimEnd() ?? '').join('\n');
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [first, ...others] = padded;
  return [first, rule, ...others]
    .flatMap((row) => (row === undefined ? [] : [`| ${row.join(' | ')} |`]))
    .join('\n');
}

function markdownCell(cell: string): string {
  return textCell(cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\r?\n/g, ' '));
}

/** Replaces control characters, which could move a terminal's cursor. */
function textCell(cell: string): string {
  return cell.replaceAll(/\p{Cc}/gu, '\ufffd');
}

/** RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
function csvCell(cell: string): string {
  const runs = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(cell) && Number.isNaN(Number(cell));
  const text = runs ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
