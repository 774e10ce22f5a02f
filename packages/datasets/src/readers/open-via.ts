import { DatasetFileError } from '../errors';
import type { ImageDataset } from '../image-dataset';
import { checkedLimits } from '../limits/limits';
import { type AnnotatedImage, annotatedDataset } from './annotated-dataset';
import { type AnnotationFileOptions, checkFileOptions } from './annotation-options';
import { findPlaces } from './find-places';
import { isObject } from './is-object';
import { readJson } from './read-json';
import { sourceName, type TextSource } from './read-text';
import { TEXTS } from './table-options';

type Json = Readonly<Record<string, unknown>>;

/** How VIA's annotations are opened. */
export interface ViaOptions extends AnnotationFileOptions {
  /** The attributes, of regions or of files, whose values are the labels. Default: the only one that there is. */
  readonly attributes?: readonly string[];
}

/**
 * Opens annotations of the VGG Image Annotator (VIA 1 or 2), its project or its export as JSON: an image has the values
 * of its regions' attributes, and of its own. No image is opened.
 *
 * The options of a dropdown, of radio buttons or of checkboxes are the labels, in the project's order. Images without a
 * region are rows without a label. Format: https://www.robots.ox.ac.uk/~vgg/software/via/.
 *
 * @param source the JSON: a path or URL, gzipped or not, a `File`, or its bytes
 * @throws {DatasetFileError} it isn't such JSON, or has several attributes and `attributes` says none
 * @throws {MissingImagesError} images that are not there
 *
 * @example
 * ```ts
 * import { openVia } from '@thawjs/datasets';
 *
 * const regions = [{ shape_attributes: {}, region_attributes: { animal: 'cat' } }];
 * const json = { 'a.jpg1024': { filename: 'a.jpg', size: 1024, regions, file_attributes: {} } };
 * const set = await openVia(new TextEncoder().encode(JSON.stringify(json)));
 * console.log(set.ids, set.labels); // [ 'a.jpg' ] [ 'cat' ]
 * ```
 */
export async function openVia(source: TextSource, options: ViaOptions = {}): Promise<ImageDataset> {
  const caller = 'openVia';
  checkFileOptions(caller, options, { attributes: TEXTS });
  const limits = checkedLimits(caller, options.limits);
  const file = sourceName(source);
  const fail = (problem: string): never => {
    throw new DatasetFileError(`${caller}: ${file}: ${problem}. Correct the file.`);
  };
  const project = await readJson(caller, source, "VIA's JSON", { ...options, limits });
  const entries = viaEntries(project);
  if (!entries)
    fail("expected VIA's project or export as JSON. Make rows of another tool's JSON: openRows(rows)");
  const attributes = options.attributes ?? onlyAttribute(entries!, fail);
  const images = entries!.map((entry, i): AnnotatedImage => {
    const name = entry.filename;
    if (typeof name !== 'string' || name === '') return fail(`entry ${i} has no filename`);
    const where = `image "${name}"`;
    const labels = attributesOf(entry).flatMap((own) =>
      attributes.flatMap((attribute) =>
        namesIn(own[attribute], () => fail(`${where}: expected "${attribute}" as a text or as checkboxes`)),
      ),
    );
    return { name, labels, where };
  });
  const known = declared(project as Json, attributes);
  const labels = options.labels ?? known;
  return annotatedDataset(caller, images, { ...options, file, ...(labels && { labels }) }, limits, (names) =>
    findPlaces(caller, names, source, options, limits),
  );
}

/** The entries of a project or an export, one per image; undefined if it is none. */
function viaEntries(project: unknown): Json[] | undefined {
  if (!isObject(project)) return undefined;
  const found = isObject(project._via_img_metadata) ? project._via_img_metadata : project;
  const entries = Object.values(found);
  const areEntries = entries.every((entry) => isObject(entry) && 'filename' in entry && 'regions' in entry);
  return entries.length > 0 && areEntries ? (entries as Json[]) : undefined;
}

/** The attributes of an image's regions, a list or, in VIA 1, an object, and its own. */
function attributesOf({ regions, file_attributes }: Json): Json[] {
  const all = typeof regions === 'object' && regions !== null ? Object.values(regions) : [];
  const own = all.map((region) => (isObject(region) ? region.region_attributes : undefined));
  return [...own, file_attributes].filter(isObject);
}

function onlyAttribute(entries: readonly Json[], fail: (problem: string) => never): readonly string[] {
  const names = [
    ...new Set(entries.flatMap((entry) => attributesOf(entry).flatMap((own) => Object.keys(own)))),
  ];
  if (names.length < 2) return names;
  return fail(
    `expected one attribute; found ${names
      .slice(0, 5)
      .map((name) => `"${name}"`)
      .join(', ')}. Say which have the labels: attributes: ['${names[0]}']`,
  );
}

/** A text is one name; checkboxes are an object of those that are set. */
function namesIn(value: unknown, fail: () => never): string[] {
  if (value === undefined || value === null || value === '') return [];
  if (typeof value === 'string') return [value.trim()];
  if (!isObject(value)) return fail();
  return Object.entries(value).flatMap(([name, isSet]) => (isSet === true || isSet === 'true' ? name : []));
}

/** The options that a project declares for the attributes; undefined if one of them is a free text. */
function declared(project: Json, attributes: readonly string[]): string[] | undefined {
  const kinds = isObject(project._via_attributes)
    ? Object.values(project._via_attributes).filter(isObject)
    : [];
  const options = attributes.map((name) => {
    const found = kinds.map((kind) => kind[name]).find(isObject)?.options;
    return isObject(found) ? Object.keys(found) : [];
  });
  return options.length > 0 && options.every((names) => names.length > 0)
    ? [...new Set(options.flat())]
    : undefined;
}
