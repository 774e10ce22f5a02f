import { DatasetFileError, DatasetOptionError, LimitExceededError } from '../errors';
import { type Limits, limitExceeded } from '../limits/limits';

/** The cells of a row of a sheet, null for an empty one. */
export type SheetRow = readonly (string | number | boolean | Date | null)[];

/** Excel's own bounds of a sheet. */
const [MOST_ROWS, MOST_COLUMNS] = [2 ** 20, 2 ** 14];

/**
 * The rows of one sheet of an `.xlsx` file, by read-excel-file (MIT). Blank rows are there, empty.
 *
 * The library fills all cells up to the farthest address, and inflates what the zip holds: both are measured first.
 *
 * @throws {DatasetFileError} it is no `.xlsx`, or a damaged one, or a formula in it has failed
 * @throws {DatasetOptionError} there is no such sheet
 * @throws {LimitExceededError} the file inflates to more than `limits.inflatedBytes`, or a sheet spans more than `limits.cells`
 */
export async function sheetRows(
  caller: string,
  file: string,
  bytes: Uint8Array,
  sheet: string | number,
  limits: Required<Limits>,
): Promise<readonly SheetRow[]> {
  try {
    await measure(`${caller}: ${file}`, bytes, limits);
    const { readSheet } = await import('read-excel-file/universal');
    return (await readSheet(new Uint8Array(bytes).buffer, sheet)) as unknown as readonly SheetRow[];
  } catch (error) {
    if (error instanceof LimitExceededError) throw error;
    if (error instanceof Error && error.name === 'SheetNotFoundError')
      throw new DatasetOptionError(
        `${caller}: expected sheet as the name of a sheet of ${file}, or its number from 1; received ${JSON.stringify(sheet)}: ${reason(error)}.`,
      );
    throw new DatasetFileError(
      `${caller}: ${file}: expected a spreadsheet as .xlsx: ${reason(error)}. Save it anew, or as CSV.`,
      { cause: error },
    );
  }
}

/** Refuses a file that would take more memory than the limits allow, before the library reads it. */
async function measure(what: string, bytes: Uint8Array, limits: Required<Limits>): Promise<void> {
  const { unzipSync } = await import('fflate');
  let inflated = 0;
  unzipSync(bytes, {
    filter: ({ originalSize, size }) => {
      inflated += Math.max(originalSize, size);
      if (inflated > limits.inflatedBytes)
        throw limitExceeded(limits, 'inflatedBytes', what, inflated.toLocaleString('en-US'));
      return false;
    },
  });
  const text = new TextDecoder();
  const parts = unzipSync(bytes, { filter: ({ name }) => /\.(?:xml|rels)$/i.test(name) });
  for (const part of Object.values(parts)) {
    const xml = text.decode(part);
    if (!/sheetData/.test(xml)) continue;
    const { rows, columns } = extent(xml);
    if (rows * columns > limits.cells)
      throw limitExceeded(limits, 'cells', what, `a sheet of ${rows} rows × ${columns} columns`);
  }
}

/** The farthest row and column that a sheet's XML has an address of. */
function extent(xml: string): { readonly rows: number; readonly columns: number } {
  let [rows, columns] = [0, 0];
  for (const [, address] of xml.matchAll(/\sr\s*=\s*["']([^"']*)/g)) {
    const [, letters, digits] = /^([A-Z]{0,3})(\d{1,7})$/.exec(address) ?? [];
    const column = [...(letters ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (digits === undefined || Number(digits) > MOST_ROWS || column > MOST_COLUMNS)
      throw new Error(`it has a cell at "${address.slice(0, 20)}", which no sheet has`);
    rows = Math.max(rows, Number(digits));
    columns = Math.max(columns, column);
  }
  return { rows, columns };
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
}
