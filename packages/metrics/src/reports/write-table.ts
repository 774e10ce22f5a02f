import { flag } from '../input/option-rules';
import { displayWidth, fitWidth } from './display-width';

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
  width: {
    accepts: (value: unknown) => Number.isInteger(value) && (value as number) >= 1,
    expected: 'an integer from 1',
  },
};

/** Cells as text. `undefined` is an empty line between rows, if the format has one. */
export type TableRows = readonly (readonly string[] | undefined)[];

/** The largest share of the width that the first column takes if the table is wider. */
const NAMES = 0.4;

/**
 * Writes a header and rows of cells: first column to the left, the others to the right.
 *
 * @param width the greatest width of a text table. A wider one is divided into tables below each other, which
 *   all have the first column.
 */
export function writeTable(
  header: readonly string[],
  rows: TableRows,
  format: TableFormat,
  width = Number.POSITIVE_INFINITY,
): string {
  if (format === 'csv')
    return [header, ...rows]
      .flatMap((row) => (row === undefined ? [] : [row.map(csvCell).join(',')]))
      .join('\n');
  const markdown = format === 'markdown';
  const cells = [header, ...rows].map((row) => row?.map(markdown ? markdownCell : textCell));
  const widths = header.map((_, column) =>
    Math.max(markdown ? 3 : 0, ...cells.map((row) => displayWidth(row?.[column] ?? ''))),
  );
  if (!markdown && widths.reduce((sum, one) => sum + GAP + one, -GAP) > width) {
    widths[0] = Math.min(widths[0], Math.max(1, Math.floor(width * NAMES)));
  }
  const padded = cells.map((row) =>
    row?.map((cell, column) => {
      const space = ' '.repeat(Math.max(0, widths[column] - displayWidth(cell)));
      return column === 0 ? fitWidth(cell, widths[0]) + space : space + cell;
    }),
  );
  if (!markdown) {
    const parts = partsOf(widths, width).map((columns) =>
      padded
        .map((row) =>
          row
            ? columns
                .map((at) => row[at])
                .join('  ')
                .trimEnd()
            : '',
        )
        .join('\n'),
    );
    return parts.join('\n\n');
  }
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [first, ...others] = padded;
  return [first, rule, ...others]
    .flatMap((row) => (row === undefined ? [] : [`| ${row.join(' | ')} |`]))
    .join('\n');
}

/** The space between two columns of a text table. */
const GAP = 2;

/** The columns of each part of a text table: the first column, and as many others as fit. */
function partsOf(widths: readonly number[], width: number): number[][] {
  const parts = [[0]];
  let used = widths[0];
  for (let column = 1; column < widths.length; column++) {
    const part = parts[parts.length - 1];
    if (part.length > 1 && used + GAP + widths[column] > width) {
      parts.push([0, column]);
      used = widths[0] + GAP + widths[column];
    } else {
      part.push(column);
      used += GAP + widths[column];
    }
  }
  return parts;
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
