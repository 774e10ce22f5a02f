import { type DatasetRecords, ImageDataset, type SplitName } from '@thawjs/datasets';
import { CelebANotFoundError, LabelFileError, MissingImagesError } from './errors';
import type { LabelFile } from './files/label-file';
import { readLabelText } from './files/read-label-text';
import { findCelebA } from './find-celeba';
import type { ImageFiles } from './images/image-files';
import { alignNumbers } from './labels/align-numbers';
import type { LabelTable } from './labels/label-table';
import { parseAttributesCsv } from './labels/parse-attributes-csv';
import { parseAttributesText } from './labels/parse-attributes-text';
import { parseIdNumbers } from './labels/parse-id-numbers';

const PARTS: readonly SplitName[] = ['train', 'validation', 'test'];

/** How CelebA is opened. */
export interface CelebAOptions {
  /**
   * What to do about images that the label file names and that are not there: `'require'` (default) them all,
   * `'skip'` the rows of the missing ones, or `'ignore'` images altogether and open the labels alone.
   */
  readonly images?: 'require' | 'skip' | 'ignore';
}

/**
 * CelebA (Liu et al., ICCV 2015: 202,599 faces of 10,177 people, 40 attributes), as it was downloaded.
 *
 * A dataset like any other: ids are file names, groups are identities (`split({ by: 'identity' })`), the official
 * split is `by: 'official'`. CelebA is licensed for non-commercial research only.
 */
export class CelebA extends ImageDataset {
  /**
   * Opens a folder, or `img_align_celeba.zip` (or Kaggle's archive) itself; no image is touched.
   *
   * Reads `list_attr_celeba` (text or Kaggle's csv, −1/1 or 0/1), and, where they are there, `list_eval_partition`
   * and `identity_CelebA`, each plain or gzipped. Images come from `img_align_celeba/` (nested once or twice, or
   * flat) or are read out of the zip without unpacking it.
   *
   * @param path the folder, or the zip with the label files in it or beside it
   * @throws {CelebANotFoundError} nothing is there, or no label file, or no images
   * @throws {MissingImagesError} the label file names images that are not there
   * @throws {LabelFileError} a line of a label file is not as it should be
   * @throws {DownloadPageError} a file is the HTML page of a refused download
   * @throws {TruncatedZipError} the zip is cut off
   * @throws {ZipFormatError} the zip is no zip, or a damaged one
   *
   * @example
   * ```ts
   * import { mkdtemp, writeFile } from 'node:fs/promises';
   * import { tmpdir } from 'node:os';
   * import { join } from 'node:path';
   * import { CelebA } from '@thawjs/datasets-celeba';
   *
   * const folder = await mkdtemp(join(tmpdir(), 'celeba-'));
   * await writeFile(join(folder, 'list_attr_celeba.txt'), '2\nBald Smiling\n1.jpg -1  1\n2.jpg  1  1\n');
   * await writeFile(join(folder, 'identity_CelebA.txt'), '1.jpg 7\n2.jpg 9\n');
   * const faces = await CelebA.open(folder, { images: 'ignore' });
   * console.log(faces.without('Bald').positives()); // Int32Array(1) [ 2 ]
   * console.log(faces.groups); // Int32Array(2) [ 7, 9 ]
   * ```
   */
  static async open(path: string, { images: wanted = 'require' }: CelebAOptions = {}): Promise<CelebA> {
    const { files, images } = await findCelebA(path, wanted !== 'ignore');
    if (!files.attributes) {
      throw new CelebANotFoundError(
        `CelebA.open: found no labels at ${path}: looked there, in Anno/ and in Eval/ for list_attr_celeba.txt, .txt.gz, .csv and .csv.gz. ` +
          'Put list_attr_celeba.txt there (and list_eval_partition.txt and identity_CelebA.txt for the splits), beside img_align_celeba.zip or the folder img_align_celeba/.',
      );
    }
    if (wanted !== 'ignore' && !images) {
      throw new CelebANotFoundError(
        `CelebA.open: found ${files.attributes.name} but no images at ${path}: looked for img_align_celeba/ (nested once or twice), Img/, img_align_celeba.zip and images lying there. ` +
          "Put img_align_celeba.zip there, or open the labels alone with images: 'ignore'.",
      );
    }
    const [table, partition, identity] = await Promise.all([
      readAttributes(files.attributes),
      readNumbers(files.partition),
      readNumbers(files.identity),
    ]);
    const records: DatasetRecords = {
      ...table,
      ...(partition && {
        splits: splitNames(alignNumbers(table.ids, partition, partition.file), partition.file),
      }),
      ...(identity && { groups: alignNumbers(table.ids, identity, identity.file), groupName: 'identity' }),
    };
    if (!images) return new CelebA(records);
    return withImages(records, images, { skip: wanted === 'skip', labelFile: files.attributes.name });
  }
}

async function readAttributes(file: LabelFile): Promise<LabelTable> {
  const bytes = await readLabelText(file);
  const table = /\.csv(\.gz)?$/.test(file.name)
    ? await parseAttributesCsv(bytes.toString('utf8'), file.name)
    : parseAttributesText(bytes, file.name);
  if (table.ids.length === 0)
    throw new LabelFileError(`CelebA.open: ${file.name} names no image. Download it again.`);
  const seen = new Set<string>();
  for (const id of table.ids) {
    if (seen.has(id)) {
      throw new LabelFileError(`CelebA.open: ${file.name} names "${id}" twice. Download it again.`);
    }
    seen.add(id);
  }
  return table;
}

async function readNumbers(file: LabelFile | undefined) {
  if (!file) return undefined;
  const bytes = await readLabelText(file);
  return { ...parseIdNumbers(bytes.toString('utf8'), file.name), file: file.name };
}

function splitNames(numbers: Int32Array, file: string): SplitName[] {
  return Array.from(numbers, (number) => {
    const name = PARTS[number];
    if (!name) {
      throw new LabelFileError(
        `CelebA.open: ${file}: expected 0 (train), 1 (validation) or 2 (test); received ${number}. Download the file again.`,
      );
    }
    return name;
  });
}

/** The dataset with its images: all of them, or, with `skip`, the rows whose images are there. */
function withImages(
  records: DatasetRecords,
  images: ImageFiles,
  { skip, labelFile }: { skip: boolean; labelFile: string },
): CelebA {
  // the aligned PNGs (img_align_celeba_png) keep the label file's .jpg ids
  const nameOf = (id: string): string | undefined => {
    if (images.has(id)) return id;
    const png = `${id.slice(0, id.lastIndexOf('.'))}.png`;
    return images.has(png) ? png : undefined;
  };
  const names = records.ids.map(nameOf);
  const missing = records.ids.filter((_, row) => names[row] === undefined);
  const there = records.ids.length - missing.length;
  if (missing.length > 0 && (!skip || there === 0)) {
    const count = (n: number) => n.toLocaleString('en-US');
    const what = there === 0 ? 'all' : `${count(missing.length)} of the ${count(records.ids.length)}`;
    const remedy = there === 0 ? '' : ", or leave their rows out with images: 'skip'";
    throw new MissingImagesError(
      `CelebA.open: ${what} images that ${labelFile} names are missing from ${images.where}, the first ${missing.slice(0, 3).join(', ')}. ` +
        `Complete the download${remedy}.`,
    );
  }
  const found = names.filter((name) => name !== undefined);
  const whole = new CelebA({
    ...records,
    images: images.source(found),
    ...(missing.length > 0 && unnumbered(names)),
  });
  return missing.length > 0 ? whole.filter(({ row }) => names[row] !== undefined) : whole;
}

/** Image numbers of rows some of which have no image, those having number 0 until their rows go. */
function unnumbered(names: readonly (string | undefined)[]): { imageIndices: Int32Array } {
  let next = 0;
  return { imageIndices: Int32Array.from(names, (name) => (name === undefined ? 0 : next++)) };
}
