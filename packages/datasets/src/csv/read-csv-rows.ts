/**
 * Reads the rows of a CSV text one after another, the header's first (d3-dsv, ISC).
 *
 * Quoted fields, line breaks in them, LF and CRLF, a byte order mark and empty lines are understood. Rows come as
 * they are: a row with too few or too many cells is the caller's to refuse.
 *
 * @param delimiter what separates the cells; a byte
 * @param onRow gets the cells and the number of the row among all of the text, from 1 (the line number, as long as
 *   no quoted field holds a line break)
 *
 * @example
 * ```ts
 * import { readCsvRows } from '@thawjs/datasets';
 *
 * const rows: string[] = [];
 * await readCsvRows('id,Smiling\r\n"a,1.jpg",1\r\n', (cells, line) => rows.push(`${line}: ${cells.join(' | ')}`));
 * console.log(rows); // [ '1: id | Smiling', '2: a,1.jpg | 1' ]
 * ```
 */
export async function readCsvRows(
  text: string,
  onRow: (cells: readonly string[], line: number) => void,
  delimiter = ',',
): Promise<void> {
  const { dsvFormat } = await import('d3-dsv');
  dsvFormat(delimiter).parseRows(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, (cells, index) => {
    if (cells.length > 1 || cells[0] !== '') onRow(cells, index + 1);
    return null;
  });
}
