import { DatasetFileError } from '../errors';
import type { ImageDataset } from '../image-dataset';
import { checkedLimits } from '../limits/limits';
import { annotatedDataset } from './annotated-dataset';
import { type AnnotationFileOptions, checkFileOptions } from './annotation-options';
import { findPlaces } from './find-places';
import { readText, sourceName, type TextSource } from './read-text';
import { partOfWord } from './split-column';
import { childrenOf, parseXml, type XmlElement } from './xml-elements';

/**
 * Opens CVAT's export "for images" (XML 1.1): an image has the labels of its tags and shapes; no image is opened.
 *
 * The labels are those of the task or project, in its order, drawn or not. Subsets that are called train, validation and test
 * are the official parts. Format: https://docs.cvat.ai/docs/manual/advanced/formats/format-cvat/.
 *
 * @param source `annotations.xml`: a path or URL, gzipped or not, a `File`, or its bytes
 * @throws {DatasetFileError} it isn't such XML
 * @throws {MissingImagesError} images that are not there
 *
 * @example
 * ```ts
 * import { openCvat } from '@thawjs/datasets';
 *
 * const xml = '<annotations><image id="0" name="a.jpg"><tag label="cat"/><box label="dog"/></image></annotations>';
 * const set = await openCvat(new TextEncoder().encode(xml));
 * console.log(set.ids, set.labels); // [ 'a.jpg' ] [ 'cat', 'dog' ]
 * ```
 */
export async function openCvat(
  source: TextSource,
  options: AnnotationFileOptions = {},
): Promise<ImageDataset> {
  const caller = 'openCvat';
  checkFileOptions(caller, options);
  const limits = checkedLimits(caller, options.limits);
  const file = sourceName(source);
  const fail = (problem: string): never => {
    throw new DatasetFileError(`${caller}: ${file}: ${problem}. Correct the file.`);
  };
  const root = parseXml(await readText(caller, source, "CVAT's XML", options), limits.depth, fail);
  if (root.name !== 'annotations') fail(`expected <annotations>; received <${root.name}>`);
  if (childrenOf(root, 'track').length > 0)
    fail('received tracks of a video; export the task as "CVAT for images"');
  const images = childrenOf(root, 'image').map((image, i) => {
    const name = image.attributes.name || fail(`image ${i} has no name`);
    const labels = image.children.flatMap(({ attributes }) => attributes.label ?? []);
    const split = partOfWord(image.attributes.subset ?? '');
    return { name, labels, where: `image "${name}"`, ...(split && { split }) };
  });
  const known = [...new Set(labelNames(root))];
  const labels = options.labels ?? (known.length > 0 ? known : undefined);
  return annotatedDataset(caller, images, { ...options, file, ...(labels && { labels }) }, limits, (names) =>
    findPlaces(caller, names, source, options, limits),
  );
}

/** The names of the labels in `meta`, of the task or the project, wherever it has them. */
function labelNames(root: XmlElement): string[] {
  const below = (element: XmlElement): string[] =>
    element.name === 'label'
      ? childrenOf(element, 'name').map(({ text }) => text)
      : element.children.flatMap(below);
  return childrenOf(root, 'meta').flatMap(below);
}
