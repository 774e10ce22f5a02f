import { arrowBytes, arrowColumn } from '../arrow/arrow-column';
import { arrowStream } from '../arrow/arrow-stream';
import { DatasetFileError, LimitExceededError } from '../errors';
import type { Limits } from '../limits/limits';
import { byteRanges } from './byte-ranges';
import type { ColumnFile } from './column-file';
import { lastNotAbove } from './last-not-above';
import { sourceName, type TextSource } from './read-text';
import { refuseDownloadPage } from './refuse-download-page';

/**
 * Opens an Arrow file, stream or file format. Only its descriptions are read.
 *
 * @throws {DatasetFileError} it can't be read, isn't an Arrow file, is damaged, or is written in a way that isn't read
 * @throws {DownloadPageError} it is an HTML page
 * @throws {LimitExceededError} it has more rows than `limits.cells`
 */
export async function openArrowFile(
  caller: string,
  source: TextSource,
  limits: Required<Limits>,
): Promise<ColumnFile> {
  const name = sourceName(source);
  const place = `${caller}: ${name}`;
  const fail = (problem: string, cause?: unknown): never => {
    throw new DatasetFileError(`${place} ${problem}. Fetch it again, or write it anew.`, { cause });
  };
  const damaged = (error: Error): never => {
    if (error instanceof LimitExceededError || error instanceof DatasetFileError) throw error;
    return fail(`is no Arrow file that can be read: ${error.message}`, error);
  };
  const file = await byteRanges(source).catch((error: Error) =>
    fail(`can't be read: ${error.message}`, error),
  );
  const start = new Uint8Array(await file.slice(0, Math.min(4096, file.byteLength)));
  refuseDownloadPage(start, name, 'an Arrow file', caller);
  const { fields, metadata, batches } = await arrowStream(file, limits, place).catch(damaged);
  const columns = fields.map((field) => field.name);
  const starts = [0];
  for (const { rows } of batches) starts.push(starts.at(-1)! + rows);
  const columnOf = (column: string): number => {
    const at = columns.indexOf(column);
    return at !== -1 && columns.lastIndexOf(column) === at ? at : fail(`has no column "${column}", or two`);
  };
  const bytesIn = (column: string) => {
    const read = arrowBytes(file, batches, columnOf(column));
    return async (row: number) => {
      const batch = lastNotAbove(starts, row);
      const bytes = await read(batch, row - starts[batch]).catch(damaged);
      return bytes ?? new Uint8Array(0);
    };
  };
  const isCompressed = batches.some(({ parts }) => parts.some(({ codec }) => codec !== undefined));
  return {
    name,
    rows: starts.at(-1)!,
    columns,
    description: metadata.get('huggingface'),
    groupStarts: starts,
    async read(column, rowStart = 0, rowEnd = starts.at(-1)!) {
      const at = columnOf(column);
      const cells: unknown[][] = [];
      for (const [number, batch] of batches.entries()) {
        const start = starts[number];
        if (start >= rowEnd || start + batch.rows <= rowStart) continue;
        const all = await arrowColumn({ file, batch, column: at, limits, place }).catch(damaged);
        cells.push(all.slice(Math.max(0, rowStart - start), rowEnd - start));
      }
      return cells.flat();
    },
    ...(!isCompressed && { bytesIn }),
  };
}
