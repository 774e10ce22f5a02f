import { MissingImagesError } from '../errors';
import { ImageDataset } from '../image-dataset';
import { type ImagePlace, mixedImages } from '../images/mixed-images';
import type { Limits } from '../limits/limits';
import type { DatasetRecords, RowProblem } from '../records/dataset-records';
import { takeRows } from '../records/take-rows';
import type { FoundPlaces } from './found-places';
import { rowProblems } from './row-problems';
import type { TableColumns } from './table-options';
import type { FinishedTable } from './table-records';

/** How a finished table becomes a data set. */
export interface TableDatasetOptions extends Pick<TableColumns, 'onProblem'> {
  /** The table's name in error messages. */
  readonly file: string;
  readonly limits?: Limits;
  /** Whether the table lies in the folder of the images, which then needs no name in messages. */
  readonly isBeside?: boolean;
}

/**
 * The data set of a finished table, with the images that were found.
 *
 * @param found the places of the images; without them the data set has only labels
 * @throws {MissingImagesError} images are missing, and their rows are not to be left out; or all are
 */
export function tableDataset(
  caller: string,
  { records, imageNames, places, problems }: FinishedTable,
  found: FoundPlaces | undefined,
  { file, limits, onProblem, isBeside }: TableDatasetOptions,
): ImageDataset {
  if (!found) return new ImageDataset(withProblems(records, problems));
  const missing = imageNames.filter((_, row) => found.places[row] === undefined);
  const isFatal = !onProblem || onProblem === 'error' || missing.length === imageNames.length;
  if (missing.length > 0 && isFatal)
    throw missingImages(caller, isBeside ? file : undefined, imageNames.length, missing, found);
  const rows = rowProblems(caller, file, onProblem);
  const there: number[] = [];
  imageNames.forEach((name, row) => {
    const isGood = rows.attempt(places[row], (fail) => {
      if (found.places[row] === undefined) fail(`the image "${name}" is missing from ${found.where}`);
    });
    if (isGood) there.push(row);
  });
  const kept = there.length === imageNames.length ? records : takeRows(records, Int32Array.from(there));
  const source = mixedImages(there.map((row) => found.places[row] as ImagePlace));
  return new ImageDataset({
    ...withProblems(kept, [...problems, ...rows.skipped]),
    images: limits ? { ...source, limits } : source,
  });
}

function withProblems(records: DatasetRecords, problems: readonly RowProblem[]): DatasetRecords {
  return problems.length > 0 ? { ...records, problems } : records;
}

/** The error of images that are missing. It has their number, the first names and the most similar path. */
function missingImages(
  caller: string,
  file: string | undefined,
  all: number,
  missing: readonly string[],
  { where, nearest }: FoundPlaces,
): MissingImagesError {
  const count = (number: number) => number.toLocaleString('en-US');
  const [first] = missing;
  const like = nearest(first);
  return new MissingImagesError(
    `${caller}: ${count(missing.length)} of ${file === undefined ? `${count(all)} images are missing from ${where}` : `the ${count(all)} images that ${file} names are missing`}, the first ${missing.slice(0, 3).join(', ')}` +
      `${like === undefined ? '; no file is there' : `; most like the first is ${like}`}. ` +
      "Give the folder that holds them as root, say where each lies with findImage, leave their rows out with onProblem: 'skip', or open the labels alone with images: 'ignore'.",
  );
}
