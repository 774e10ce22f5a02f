import type { AsyncBuffer } from 'hyparquet';
import { DatasetFileError, LimitExceededError } from '../errors';
import { DEFAULT_LIMITS, type Limits, limitExceeded } from '../limits/limits';
import { byteRanges } from './byte-ranges';
import type { ColumnFile } from './column-file';
import { columnNames, oneColumn } from './one-column';
import { type ColumnRequest, readInWorker } from './parquet-worker';
import { quietPromise } from './quiet-promise';
import { sourceName, type TextSource } from './read-text';
import { refuseDownloadPage } from './refuse-download-page';

/** Seconds for a column of the smallest file, which takes milliseconds: a damaged page can make hyparquet read without end. */
const SECONDS = 8;
/** The slowest that a larger one may be. */
const BYTES_PER_SECOND = 2 ** 20;

/**
 * Opens a parquet file by its footer alone, by hyparquet (MIT). Its groups of rows are the file's row groups.
 *
 * @throws {DatasetFileError} it can't be read, isn't a parquet file, or is damaged
 * @throws {DownloadPageError} it is an HTML page
 */
export async function openParquetFile(
  caller: string,
  source: TextSource,
  limits: Required<Limits>,
): Promise<ColumnFile> {
  const name = sourceName(source);
  const fail = (problem: string, cause?: unknown): never => {
    throw new DatasetFileError(`${caller}: ${name} ${problem}. Fetch it again.`, { cause });
  };
  const { parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const file = guarded(
    await byteRanges(source).catch((error: Error) => fail(`can't be read: ${error.message}`, error)),
  );
  const start = new Uint8Array(await file.slice(0, Math.min(4096, file.byteLength)));
  refuseDownloadPage(start, name, 'a parquet file', caller);
  // hyparquet's search for columns of places never ends in a schema with a negative number of children.
  const metadata = await parquetMetadataAsync(file, { geoparquet: false }).catch((error: Error) =>
    fail(`is no parquet file, or a damaged one: ${error.message}`, error),
  );
  const groupStarts = [0];
  for (const { num_rows } of metadata.row_groups) groupStarts.push(groupStarts.at(-1)! + Number(num_rows));
  const rows = groupStarts.at(-1)!;
  const isDescribed = metadata.schema.every(
    ({ name, num_children = 0 }) =>
      typeof name === 'string' && Number.isInteger(num_children) && num_children >= 0,
  );
  if (!isDescribed) fail('is damaged: a column of it has no name');
  const ascending = groupStarts.every((start, i) => i === 0 || start >= groupStarts[i - 1]);
  if (!ascending || BigInt(rows) !== BigInt(metadata.num_rows)) {
    fail(`is damaged: its row groups have ${rows} rows, and it says that they are ${metadata.num_rows}`);
  }
  return {
    name,
    rows,
    groupStarts,
    columns: columnNames(metadata),
    description: metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value,
    read: async (column, rowStart = 0, rowEnd = rows) => {
      const described =
        oneColumn(metadata, column) ?? fail(`has no column "${column}" of values or of bytes`);
      const seconds = secondsFor(limits.seconds, file.byteLength);
      const tooSlow = () =>
        limitExceeded(
          { ...limits, seconds },
          'seconds',
          `${caller}: ${name}, column "${column}"`,
          'more; the file is likely damaged',
        );
      const request = { metadata: described, column, rowStart, rowEnd };
      const found = await (readInWorker(file, request, seconds, tooSlow) ?? readHere(request)).catch(
        (error: Error) => {
          if (error instanceof LimitExceededError) throw error;
          return fail(`is damaged: ${error.message}`, error);
        },
      );
      if (found.length !== rowEnd - rowStart) {
        fail(`is damaged: it has ${found.length} of the ${rowEnd - rowStart} rows from row ${rowStart} on`);
      }
      return found;
    },
  };

  async function readHere({ column, ...request }: ColumnRequest): Promise<unknown[]> {
    // an image's bytes must not pass for text
    const rows = await parquetReadObjects({ file, ...request, compressors, utf8: false });
    return rows.map((row) => row[column]);
  }
}

/** The seconds that a column may take: the given ones, or by default fewer for a small file. */
function secondsFor(given: number, byteLength: number): number {
  if (given !== DEFAULT_LIMITS.seconds) return given;
  return Math.min(given, SECONDS + Math.ceil(byteLength / BYTES_PER_SECOND));
}

/** Refuses reads outside the file, which a damaged footer asks for; Node's own `Blob` would end the process. */
function guarded({ byteLength, slice }: AsyncBuffer): AsyncBuffer {
  return {
    byteLength,
    slice: (start, end = byteLength) => {
      const isInside =
        Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= byteLength;
      return quietPromise(
        isInside
          ? Promise.resolve(slice(start, end))
          : Promise.reject(new Error(`it has ${byteLength} bytes, and ${start} to ${end} are asked for`)),
      );
    },
  };
}
