import { DatasetFileError } from '../errors';
import type { ImageDataset } from '../image-dataset';
import { checkedLimits, limitExceeded } from '../limits/limits';
import { checkOptions, FLAG, oneOf } from '../options/check-options';
import { checkCoco } from './check-coco';
import { checkNesting } from './check-nesting';
import { findPlaces } from './find-places';
import { namedLabels } from './named-labels';
import { type ReadingOptions, readText, sourceName, type TextSource } from './read-text';
import { tableDataset } from './table-dataset';
import {
  type ImagePlaces,
  PLACE_OPTIONS,
  READING_OPTIONS,
  TABLE_OPTIONS,
  type TableColumns,
} from './table-options';

/** How COCO annotations are opened. */
export interface CocoOptions extends ImagePlaces, ReadingOptions, Pick<TableColumns, 'onProblem'> {
  /** Labels are the categories by name (default), or the groups that they are in. */
  readonly label?: 'name' | 'supercategory';
  /** Whether annotations of crowds (`iscrowd`) count; default true. */
  readonly crowds?: boolean;
  /** Whether images are fetched from the addresses in the file (`coco_url`) instead of a folder. Default false. */
  readonly online?: boolean;
}

/**
 * Opens annotations in COCO's format: an image has the labels of its annotations' categories. No image is opened.
 *
 * In panoptic annotations, an image has the labels of its segments' categories. Images without an annotation are rows without a label. LVIS lists per image the categories that were looked for in
 * vain (`neg_category_ids`). There, categories that are neither annotated nor listed are unknown. Categories of one name
 * are one label. Format: https://cocodataset.org/#format-data.
 *
 * @param source the JSON: a path or URL, gzipped or not, a `File`, or its bytes
 * @throws {DatasetFileError} it isn't such JSON, or an annotation names an image or a category that is not there
 * @throws {MissingImagesError} images that are not among the files given
 *
 * @example
 * ```ts
 * import { openCoco } from '@thawjs/datasets';
 *
 * const json = JSON.stringify({
 *   images: [{ id: 4, file_name: 'a.jpg' }, { id: 9, file_name: 'b.jpg' }],
 *   categories: [{ id: 1, name: 'person' }, { id: 18, name: 'dog' }],
 *   annotations: [{ image_id: 9, category_id: 18 }, { image_id: 9, category_id: 18 }],
 * });
 * const dataset = await openCoco(new TextEncoder().encode(json), { images: 'ignore' });
 * console.log(dataset.labels, dataset.y.join('')); // [ 'person', 'dog' ] 0001
 * ```
 */
export async function openCoco(source: TextSource, options: CocoOptions = {}): Promise<ImageDataset> {
  checkOptions('openCoco', options, {
    ...PLACE_OPTIONS,
    ...READING_OPTIONS,
    onProblem: TABLE_OPTIONS.onProblem,
    label: oneOf('name', 'supercategory'),
    crowds: FLAG,
    online: FLAG,
  });
  const { label = 'name', crowds = true, online = false } = options;
  const file = sourceName(source);
  const fail = (problem: string): never => {
    throw new DatasetFileError(`openCoco: ${file}: ${problem}. Correct the file.`);
  };
  const limits = checkedLimits('openCoco', options.limits);
  const text = await readText('openCoco', source, "annotations in COCO's format", options);
  checkNesting(text, limits, `openCoco: ${file}`);
  const coco = checkCoco(text, fail);
  const rowOf = new Map(coco.images.map(({ id }, row) => [id, row]));
  const labelOf = new Map(
    coco.categories.map((category) => [
      category.id,
      category[label] ?? fail(`category ${category.id} has no ${label}`),
    ]),
  );
  if (rowOf.size !== coco.images.length) fail('expected images of different ids; received one twice');
  if (labelOf.size !== coco.categories.length)
    fail('expected categories of different ids; received one twice');
  const names: string[][] = coco.images.map(() => []);
  coco.annotations.forEach(({ image_id, category_id, iscrowd }, i) => {
    const row = rowOf.get(image_id) ?? fail(`annotation ${i} is of image ${image_id}, which is not there`);
    const name =
      labelOf.get(category_id) ?? fail(`annotation ${i} is of category ${category_id}, which is not there`);
    if (crowds || iscrowd !== 1) names[row].push(name);
  });
  const labels = [...new Set(labelOf.values())];
  const ids = coco.images.map(({ file_name }) => file_name);
  if (new Set(ids).size !== ids.length) fail('expected file names that differ; received one twice');
  if (ids.length * labels.length > limits.cells)
    throw limitExceeded(limits, 'cells', `openCoco: ${file}`, `${ids.length} × ${labels.length}`);
  const matrix = namedLabels(labels, names, `openCoco: ${file}`);
  const columnOf = new Map([...labelOf].map(([id, name]) => [id, labels.indexOf(name)]));
  const known = label === 'name' && lookedFor(coco.images, columnOf, labels.length, matrix.y);
  const places = online
    ? coco.images.map(({ coco_url }, row) => coco_url ?? fail(`image "${ids[row]}" has no coco_url`))
    : ids;
  const table = {
    records: { ids, ...matrix, ...(known && { known }) },
    imageNames: places,
    places: ids.map((id) => `image "${id}"`),
    problems: [],
  };
  const found = await findPlaces('openCoco', places, source, options, limits);
  return tableDataset('openCoco', table, found, { ...options, file });
}

/** 1 if a category is annotated in an image, or was looked for and not found. Undefined if the file has no such lists. */
function lookedFor(
  images: readonly { readonly neg_category_ids?: readonly number[] }[],
  columnOf: ReadonlyMap<number, number>,
  width: number,
  y: Uint8Array,
): Uint8Array | undefined {
  if (!images.some(({ neg_category_ids }) => neg_category_ids)) return undefined;
  const known = y.slice();
  images.forEach(({ neg_category_ids = [] }, row) => {
    for (const id of neg_category_ids) {
      const column = columnOf.get(id);
      if (column !== undefined) known[row * width + column] = 1;
    }
  });
  return known;
}
