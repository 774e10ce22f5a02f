import { readCsvRows } from '../csv/read-csv-rows';
import { DatasetFileError } from '../errors';
import { ImageDataset } from '../image-dataset';
import { placedImages } from './placed-images';
import { readText, sourceName, type TextSource } from './read-text';
import type { ImagePlaces, TableColumns } from './table-options';
import { type TableRecords, tableRecords } from './table-records';

/** How a CSV is opened. */
export interface CsvOptions extends TableColumns, ImagePlaces {
  /** What separates the cells; default the one of comma, semicolon and tab that the header has most of. */
  readonly separator?: ',' | ';' | '\t';
}

/**
 * Opens a CSV with a column of image paths, names or URLs, and labels in columns of their own or in one delimited column; no
 * image is touched.
 *
 * @param source the file: a path or URL, gzipped or not, a `File`, or its bytes
 * @throws {DatasetFileError} a row is not as it should be, or a path leads out of the images' folder
 * @throws {UnknownLabelError} an option names a column that is not there; the nearest are named
 * @throws {MissingImagesError} images that are not among the files given
 * @throws {DownloadPageError} it is an HTML page
 *
 * @example
 * ```ts
 * import { openCsv } from '@thawjs/datasets';
 *
 * const table = new TextEncoder().encode('file,tags,patient\na.png,Edema|Mass,7\nb.png,,7\n');
 * const options = { labels: { column: 'tags' }, group: 'patient', images: 'ignore' } as const;
 * const scans = await openCsv(table, options);
 * console.log(scans.ids, scans.labels, scans.y.join('')); // [ 'a.png', 'b.png' ] [ 'Edema', 'Mass' ] 1100
 * ```
 */
export async function openCsv(source: TextSource, options: CsvOptions = {}): Promise<ImageDataset> {
  const text = await readText('openCsv', source, 'a CSV of labels');
  const file = sourceName(source);
  let table: TableRecords | undefined;
  await readCsvRows(
    text,
    (cells, line) => {
      if (table) table.add(cells, `line ${line}`);
      else
        table = tableRecords(
          'openCsv',
          file,
          cells.map((cell) => cell.trim()),
          options,
        );
    },
    options.separator ?? likelySeparator(text),
  );
  if (!table) throw new DatasetFileError(`openCsv: ${file} has no line. Correct the file.`);
  const { records, imageNames } = table.finish();
  const images = placedImages('openCsv', imageNames, source, options);
  return new ImageDataset({ ...records, ...(images && { images }) });
}

function likelySeparator(text: string): string {
  const end = text.indexOf('\n');
  const header = end === -1 ? text : text.slice(0, end);
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
