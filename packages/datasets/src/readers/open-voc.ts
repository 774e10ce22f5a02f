import { DatasetFileError } from '../errors';
import type { ImageDataset } from '../image-dataset';
import { checkedLimits } from '../limits/limits';
import type { SplitName } from '../records/dataset-records';
import { type AnnotatedImage, annotatedDataset } from './annotated-dataset';
import { type AnnotationFolderOptions, checkFolderOptions } from './annotation-options';
import { decodeText } from './decode-text';
import { placesInFolder } from './find-places';
import { type ListedFolder, listFolder } from './list-folder';
import { splitOfPath } from './split-column';
import { vocParts } from './voc-parts';
import { childrenOf, parseXml, type XmlElement } from './xml-elements';

/** Files read at once. */
const AT_ONCE = 64;

/**
 * Opens a folder of Pascal VOC annotations: one XML file per image, whose `object`s are the labels. No image is opened.
 *
 * The XML may lie in `Annotations/` and the images in `JPEGImages/`, or both beside each other, also in `train/`,
 * `valid/` and `test/`. These folders, or the lists of `ImageSets/Main`, are the official parts if they have all images.
 * Format: http://host.robots.ox.ac.uk/pascal/VOC/.
 *
 * @param source the folder's path, or its files as a page gets them from an input or a drop
 * @throws {DatasetFileError} there is no XML, or one is invalid
 * @throws {UnknownLabelError} an object is none of `labels`; the nearest are named
 * @throws {MissingImagesError} images that are not there
 *
 * @example
 * ```ts
 * import { openVoc } from '@thawjs/datasets';
 *
 * const xml = '<annotation><filename>a.jpg</filename><object><name>cat</name></object></annotation>';
 * const set = await openVoc([new File([xml], 'a.xml'), new File(['…'], 'a.jpg')]);
 * console.log(set.ids, set.labels); // [ 'a.jpg' ] [ 'cat' ]
 * ```
 */
export async function openVoc(
  source: string | Iterable<File>,
  options: AnnotationFolderOptions = {},
): Promise<ImageDataset> {
  const caller = 'openVoc';
  checkFolderOptions(caller, options);
  const limits = checkedLimits(caller, options.limits);
  const folder = await listFolder(caller, source, { ...options, limits });
  const paths = folder.paths.filter((path) => path.toLowerCase().endsWith('.xml')).sort();
  const listed = paths.length > 0 ? await vocParts(paths[0], folder) : new Map<string, SplitName>();
  const images: AnnotatedImage[] = [];
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const some = paths.slice(start, start + AT_ONCE).map(async (path) => {
      const fail = (problem: string): never => {
        throw new DatasetFileError(`${caller}: ${path}: ${problem}. Correct the file.`);
      };
      const encoding = options.encoding && { encoding: options.encoding };
      const text = decodeText(await folder.read(path), { caller, fail, ...encoding });
      return annotatedImage(parseXml(text, limits.depth, fail), path, { folder, listed, fail });
    });
    images.push(...(await Promise.all(some)));
  }
  return annotatedDataset(caller, images, { ...options, file: folder.name }, limits, async (names) =>
    options.images === 'ignore' ? undefined : placesInFolder(caller, names, folder),
  );
}

function annotatedImage(
  root: XmlElement,
  path: string,
  {
    folder,
    listed,
    fail,
  }: {
    readonly folder: ListedFolder;
    readonly listed: ReadonlyMap<string, SplitName>;
    readonly fail: (problem: string) => never;
  },
): AnnotatedImage {
  const name = childrenOf(root, 'filename')[0]?.text;
  if (root.name !== 'annotation' || !name) return fail('expected an <annotation> with a <filename>');
  const labels = childrenOf(root, 'object').map(
    (object) => childrenOf(object, 'name')[0]?.text || fail('expected a <name> in each <object>'),
  );
  const stem = path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
  const split = splitOfPath(path) ?? listed.get(stem);
  // the folder of the XML tells images of one name apart
  const beside = `${path.slice(0, path.lastIndexOf('/') + 1)}${name}`;
  return { name: folder.has(beside) ? beside : name, labels, where: path, ...(split && { split }) };
}
