import { DatasetFileError } from '../errors';
import type { ImageDataset } from '../image-dataset';
import { type Limits, limitExceeded } from '../limits/limits';
import type { SplitName } from '../records/dataset-records';
import type { FoundPlaces } from './found-places';
import { namedLabels } from './named-labels';
import type { ProblemRule } from './row-problems';
import { tableDataset } from './table-dataset';

/** An image with its annotated labels. */
export interface AnnotatedImage {
  /** The image's path or file name. */
  readonly name: string;
  /** The labels of all annotations. A label may occur several times. */
  readonly labels: readonly string[];
  readonly split?: SplitName;
  /** The place of the annotation, for error messages. */
  readonly where: string;
}

/** How annotated images become a data set. */
export interface AnnotatedOptions {
  /** The name of the annotations in error messages. */
  readonly file: string;
  /** All labels, in order. Default: the annotated labels, sorted. */
  readonly labels?: readonly string[];
  readonly limits?: Limits;
  readonly onProblem?: ProblemRule;
}

/**
 * The data set of annotated images: an image has the labels that are annotated in it.
 *
 * @param find finds the images by their names; undefined opens the labels alone
 * @throws {DatasetFileError} there are no images, or one comes twice
 * @throws {UnknownLabelError} something is annotated that `labels` doesn't have
 * @throws {LimitExceededError} images × labels are more than `limits.cells`
 */
export async function annotatedDataset(
  caller: string,
  images: readonly AnnotatedImage[],
  { file, labels, limits, onProblem }: AnnotatedOptions,
  checked: Required<Limits>,
  find: (names: readonly string[]) => Promise<FoundPlaces | undefined>,
): Promise<ImageDataset> {
  const fail = (problem: string): never => {
    throw new DatasetFileError(`${caller}: ${file}: ${problem}. Correct the file.`);
  };
  if (images.length === 0) fail('expected annotated images; found none');
  const ids = images.map(({ name }) => name);
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) fail(`expected images that differ; received "${id}" a second time`);
    seen.add(id);
  }
  const width = labels?.length ?? new Set(images.flatMap((image) => image.labels)).size;
  if (ids.length * width > checked.cells)
    throw limitExceeded(checked, 'cells', `${caller}: ${file}`, `${ids.length} × ${width}`);
  const matrix = namedLabels(
    labels,
    images.map((image) => image.labels),
    `${caller}: ${file}`,
  );
  const splits = images.flatMap(({ split }) => split ?? []);
  const table = {
    records: { ids, ...matrix, ...(splits.length === ids.length && { splits }) },
    imageNames: ids,
    places: images.map(({ where }) => where),
    problems: [],
  };
  return tableDataset(caller, table, await find(ids), {
    file,
    ...(limits && { limits }),
    ...(onProblem && { onProblem }),
  });
}
