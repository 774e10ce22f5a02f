import { ImageDataset } from '../image-dataset';
import type { Limits } from '../limits/limits';
import { ANY, checkOptions, oneOf } from '../options/check-options';
import { parquetRecords } from './parquet-records';
import type { TextSource } from './read-text';
import { TABLE_OPTIONS, type TableColumns } from './table-options';

/** How parquet files are opened. */
export interface ParquetOptions extends TableColumns {
  /** `'ignore'` opens the labels alone. */
  readonly images?: 'ignore';
  /** Limits on the cost of one input; a larger one is a `LimitExceededError`. */
  readonly limits?: Limits;
}

/**
 * Opens parquet files with embedded images, as data sets on Hugging Face are; no image is touched.
 *
 * The image column (default `image`) holds `{ bytes, path }`, or bytes. Labels are columns of 0/1 or true/false, or one column
 * of names or of class numbers, whose names the file's own description has (`ClassLabel`). Images are read by row group, and
 * groups of 128 MiB are kept: a shuffled pass over larger files reads groups again, so that small row groups are faster.
 *
 * @param sources one file or several, whose rows follow each other: a path or URL, a `File`, or bytes
 * @throws {DatasetFileError} a file isn't a parquet file, is damaged, or has an invalid value
 * @throws {UnknownLabelError} a column is not there, that of the images among them; the nearest are named
 *
 * @example
 * ```ts
 * import { openParquet } from '@thawjs/datasets';
 * import { parquetWriteBuffer } from 'hyparquet-writer';
 *
 * // stands for data/train-00000-of-00001.parquet
 * const file = parquetWriteBuffer({
 *   columnData: [
 *     { name: 'image', data: [new Uint8Array([0xff, 0xd8]), new Uint8Array([0xff, 0xd8])], type: 'BYTE_ARRAY' },
 *     { name: 'cat', data: [true, false], type: 'BOOLEAN' },
 *   ],
 * });
 * const set = await openParquet(new Uint8Array(file));
 * console.log(set.ids, set.labels, set.y.join('')); // [ '0', '1' ] [ 'cat' ] 10
 * ```
 */
export async function openParquet(
  sources: TextSource | readonly TextSource[],
  options: ParquetOptions = {},
): Promise<ImageDataset> {
  checkOptions('openParquet', options, { ...TABLE_OPTIONS, images: oneOf('ignore'), limits: ANY });
  const list = Array.isArray(sources) ? (sources as readonly TextSource[]) : [sources as TextSource];
  return new ImageDataset(await parquetRecords('openParquet', list, options));
}
