import type { ImageDataset } from '../image-dataset';
import { checkedLimits, type Limits } from '../limits/limits';
import { ANY, checkOptions } from '../options/check-options';
import { findPlaces } from './find-places';
import { readWhole, sourceName, type TextSource } from './read-text';
import { refuseDownloadPage } from './refuse-download-page';
import { tableDataset } from './table-dataset';
import { type ImagePlaces, PLACE_OPTIONS, TABLE_OPTIONS, type TableColumns } from './table-options';
import { sheetRows } from './xlsx-sheet';
import { xlsxTable } from './xlsx-table';

/** How a spreadsheet is opened. */
export interface XlsxOptions extends TableColumns, ImagePlaces {
  /** The sheet with the labels, by its name or its number from 1. Default: the first. */
  readonly sheet?: string | number;
  /** Limits on the cost of one input; a larger one is a `LimitExceededError`. */
  readonly limits?: Limits;
}

/**
 * Opens a sheet of a spreadsheet (`.xlsx`) with a column of image paths, names or URLs, and labels in columns of their own or in one
 * delimited column; no image is opened.
 *
 * The first row that isn't blank is the header. Cells are read as {@link openCsv} reads them: formulas by their stored results,
 * dates as `2024-01-31`. Read by read-excel-file (MIT), which is loaded by the first call.
 *
 * @param source the file: a path or URL, a `File`, or its bytes
 * @throws {DatasetFileError} it isn't a spreadsheet, is damaged, or has an invalid row
 * @throws {UnknownLabelError} an option names a column that is not there; the nearest are named
 * @throws {DatasetOptionError} an option is misspelt, or there is no such sheet
 * @throws {MissingImagesError} images that are not there
 * @throws {LimitExceededError} the sheet has more cells, or the file more bytes, than `limits` allow
 * @throws {DownloadPageError} it is an HTML page
 *
 * @example
 * ```ts
 * import { openXlsx } from '@thawjs/datasets';
 *
 * try {
 *   const set = await openXlsx('labels.xlsx', { sheet: 'Findings', labels: { column: 'tags', delimiter: ';' } });
 *   console.log(set.summary());
 * } catch (error) {
 *   console.log((error as Error).name); // DatasetFileError
 * }
 * ```
 */
export async function openXlsx(source: TextSource, options: XlsxOptions = {}): Promise<ImageDataset> {
  const caller = 'openXlsx';
  checkOptions(caller, options, {
    ...TABLE_OPTIONS,
    ...PLACE_OPTIONS,
    sheet: {
      accepts: (value) =>
        typeof value === 'string' || (Number.isSafeInteger(value) && (value as number) >= 1),
      expected: 'the name of a sheet, or its number from 1',
    },
    limits: ANY,
  });
  const limits = checkedLimits(caller, options.limits);
  const file = sourceName(source);
  const bytes = await readWhole(caller, source, limits);
  refuseDownloadPage(bytes, file, 'a spreadsheet of labels', caller);
  const rows = await sheetRows(caller, file, bytes, options.sheet ?? 1, limits);
  const table = xlsxTable(caller, file, rows, options).finish();
  const places = await findPlaces(caller, table.imageNames, source, options, limits);
  return tableDataset(caller, table, places, { ...options, file });
}
