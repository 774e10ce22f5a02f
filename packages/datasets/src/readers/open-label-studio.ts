import { DatasetFileError } from '../errors';
import type { ImageDataset } from '../image-dataset';
import { checkedLimits } from '../limits/limits';
import { type AnnotatedImage, annotatedDataset } from './annotated-dataset';
import { type AnnotationFileOptions, checkFileOptions } from './annotation-options';
import { findPlaces } from './find-places';
import { isObject } from './is-object';
import { readJson } from './read-json';
import { isUrl, sourceName, type TextSource } from './read-text';
import { unescaped } from './unescaped';

type Json = Readonly<Record<string, unknown>>;

/**
 * Opens Label Studio's export (JSON or JSON-MIN): an image has the choices, and the labels of the regions, of its annotations;
 * no image is opened.
 *
 * Cancelled annotations don't count, and a task without another is left out. Of several annotations of a task all labels
 * count. Uploaded images are found by their file names. Format: https://labelstud.io/guide/export.
 *
 * @param source the JSON: a path or URL, gzipped or not, a `File`, or its bytes
 * @throws {DatasetFileError} it isn't such JSON, or a task has no image
 * @throws {MissingImagesError} images that are not there
 *
 * @example
 * ```ts
 * import { openLabelStudio } from '@thawjs/datasets';
 *
 * const result = [{ type: 'choices', value: { choices: ['cat', 'night'] } }];
 * const tasks = [{ data: { image: '/data/upload/1/a.jpg' }, annotations: [{ result }] }];
 * const set = await openLabelStudio(new TextEncoder().encode(JSON.stringify(tasks)));
 * console.log(set.ids, set.labels); // [ '/data/upload/1/a.jpg' ] [ 'cat', 'night' ]
 * ```
 */
export async function openLabelStudio(
  source: TextSource,
  options: AnnotationFileOptions = {},
): Promise<ImageDataset> {
  const caller = 'openLabelStudio';
  checkFileOptions(caller, options);
  const limits = checkedLimits(caller, options.limits);
  const file = sourceName(source);
  const fail = (problem: string): never => {
    throw new DatasetFileError(`${caller}: ${file}: ${problem}. Correct the file.`);
  };
  const tasks = await readJson(caller, source, "Label Studio's JSON", { ...options, limits });
  if (!Array.isArray(tasks) || !tasks.every(isObject))
    return fail(
      "expected a list of tasks, as Label Studio exports it. Make rows of another tool's JSON: openRows(rows)",
    );
  const images = tasks.flatMap((task, i): AnnotatedImage[] => {
    const data = isObject(task.data) ? task.data : task;
    const place = ['image', 'img', 'image_url', 'url', 'file']
      .map((key) => data[key])
      .find((value) => typeof value === 'string');
    const name = imageName(
      (place as string | undefined) ??
        fail(`task ${i} has no image. Make rows of another tool's JSON: openRows(rows)`),
    );
    const where = `task ${i}`;
    if (!isObject(task.data)) return [{ name, labels: minLabels(task), where }];
    const all = task.annotations ?? task.completions;
    if (!Array.isArray(all) || !all.every(isObject)) return fail(`task ${i} has no list of annotations`);
    const valid = all.filter((annotation) => annotation.was_cancelled !== true);
    if (valid.length === 0) return [];
    const results = valid.flatMap(({ result }) =>
      Array.isArray(result)
        ? result.filter(isObject)
        : fail(`task ${i} has an annotation without a list of results`),
    );
    return [{ name, labels: results.flatMap(({ value }) => (isObject(value) ? namesIn(value) : [])), where }];
  });
  return annotatedDataset(caller, images, { ...options, file }, limits, (names) =>
    findPlaces(caller, names, source, options, limits),
  );
}

/** Choices and the labels of regions: `choices`, `rectanglelabels`, `polygonlabels`, `taxonomy`… */
function namesIn(value: Json): string[] {
  return Object.entries(value).flatMap(([key, names]) => {
    if (key === 'taxonomy' && Array.isArray(names))
      return names.flatMap((way) => (Array.isArray(way) ? String(way.at(-1)) : []));
    return (key === 'choices' || key.endsWith('labels')) && Array.isArray(names)
      ? names.filter((name) => typeof name === 'string')
      : [];
  });
}

/** JSON-MIN has the fields of a task and of its annotation side by side: texts, `{ choices }`, or lists of regions. */
function minLabels(task: Json): string[] {
  const { choice, choices, label, labels, tag, tags } = task;
  return [choice, choices, label, labels, tag, tags].flatMap((field): string[] => {
    if (typeof field === 'string') return [field];
    if (isObject(field)) return namesIn(field);
    if (!Array.isArray(field)) return [];
    return field.flatMap((entry) =>
      typeof entry === 'string' ? entry : isObject(entry) ? namesIn(entry) : [],
    );
  });
}

/** The path in a local storage's address; other addresses as they are. */
function imageName(place: string): string {
  const local = /^\/data\/local-files\/\?d=(.+)$/.exec(place)?.[1];
  if (local !== undefined) return unescaped(local);
  return isUrl(place) ? place : place.replace(/^[a-z0-9]+:\/\//i, '');
}
