import {
  ANY,
  type Contradictions,
  checkedLimits,
  checkOptions,
  type DatasetRecords,
  type Exclusion,
  FLAG,
  ImageDataset,
  type Limits,
  labelOf,
  oneOf,
} from '@thawjs/datasets';
import { CelebANotFoundError } from './errors';
import { checkPublishedSumOfFile } from './files/published-sums';
import { type FoundCelebA, findCelebA } from './find-celeba';
import { celebAExclusions } from './labels/celeba-exclusions';
import { readParquet } from './read-parquet';
import { readBoxes, readLandmarks } from './read-places';
import { readTables } from './read-tables';
import { withImages } from './with-images';

/** How CelebA is opened. */
export interface CelebAOptions {
  /**
   * How to treat images that the label file names and that are missing: `'require'` (default) makes them an error,
   * `'skip'` leaves their rows out, and `'ignore'` opens the labels alone.
   */
  readonly images?: 'require' | 'skip' | 'ignore';
  /** Whether the five landmarks of the images are read, too, for `align`. Default false. */
  readonly landmarks?: boolean;
  /**
   * Whether the images in the wild are cropped to the faces' boxes. An error for the aligned images, which the boxes
   * don't fit. Default false.
   */
  readonly boxes?: boolean;
  /**
   * Whether the md5 sums of the label files and of the zip are compared with the published ones. An error for other
   * forms, which have no published sums. Default false.
   */
  readonly verify?: boolean;
  /**
   * Limits on the cost of one input (pixels of an image, inflated bytes of a label file); a larger one is a
   * `LimitExceededError`.
   */
  readonly limits?: Limits;
}

/**
 * CelebA (Liu et al., ICCV 2015: 202,599 faces of 10,177 people, 40 attributes), as it was downloaded.
 *
 * Ids are file names, groups are identities (`split({ by: 'identity' })`), the official split is `by: 'official'`.
 * CelebA is licensed for non-commercial research only.
 */
export class CelebA extends ImageDataset {
  /**
   * Opens a folder, or `img_align_celeba.zip` (or Kaggle's archive) itself. No image is opened.
   *
   * Reads `list_attr_celeba` (text or Kaggle's csv, −1/1 or 0/1), and, if they are there, `list_eval_partition` and
   * `identity_CelebA`, each plain or gzipped. Images come from `img_align_celeba/` (nested once or twice, or flat),
   * `img_align_celeba_png/` or `img_celeba/`, or are read out of the zip without unpacking it. If there is no label
   * file, all of it is read from parquet files, as copies on Hugging Face have them, in the folder or in `data/`.
   *
   * @param path the folder, or the zip with the label files in it or beside it
   * @throws {CelebANotFoundError} nothing is there, or no label file, or no images
   * @throws {MissingImagesError} the label file names images that are not there
   * @throws {ChecksumError} with `verify`, a file has another md5 than the published one
   * @throws {AlignedImagesError} with `boxes`, the images are the aligned ones
   * @throws {LabelFileError} a line of a label file is invalid
   * @throws {DownloadPageError} a file is the HTML page of a refused download
   * @throws {TruncatedZipError} the zip is cut off
   * @throws {ZipFormatError} the file isn't a zip, or is damaged
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
  static async open(path: string, options: CelebAOptions = {}): Promise<CelebA> {
    checkOptions('CelebA.open', options, {
      images: oneOf('require', 'skip', 'ignore'),
      landmarks: FLAG,
      boxes: FLAG,
      verify: FLAG,
      limits: ANY,
    });
    const { images: wanted = 'require', verify = false } = options;
    const limits = checkedLimits('CelebA.open', options.limits);
    const found = await findCelebA(path, wanted !== 'ignore');
    const { files, images } = found;
    if (found.parquet.length > 0) return openParquets(found, options);
    if (!files.attributes) {
      throw new CelebANotFoundError(
        `CelebA.open: found no labels at ${path}: looked there, in Anno/ and in Eval/ for list_attr_celeba.txt, .txt.gz, .csv and .csv.gz, and in data/ for parquet files. ` +
          'Put list_attr_celeba.txt there (and list_eval_partition.txt and identity_CelebA.txt for the splits), beside img_align_celeba.zip or the folder img_align_celeba/.',
      );
    }
    if (wanted !== 'ignore' && !images) {
      throw new CelebANotFoundError(
        `CelebA.open: found ${files.attributes.name} but no images at ${path}: looked for img_align_celeba/ (nested once or twice), Img/, img_align_celeba.zip and images lying there. ` +
          "Put img_align_celeba.zip there, or open the labels alone with images: 'ignore'.",
      );
    }
    if (verify && images?.zip) await checkPublishedSumOfFile(images.where);
    const tables = await readTables({ ...files, attributes: files.attributes }, { verify, limits });
    const places = { ids: tables.ids, aligned: images?.aligned ?? true, verify, limits };
    const landmarks = options.landmarks && (await readLandmarks(files, places));
    const boxes = options.boxes && (await readBoxes(files, places));
    const whole: DatasetRecords = { ...tables, ...(landmarks && { landmarks }) };
    const labelFile = files.attributes.name;
    const { records, there } = images
      ? withImages(whole, images, { skip: wanted === 'skip', labelFile, limits: options.limits })
      : { records: whole, there: undefined };
    const dataset = new CelebA(records);
    const cropped = boxes ? dataset.crop(boxes) : dataset;
    return there ? cropped.select(there) : cropped;
  }

  /**
   * Finds the rows that have labels which exclude each other.
   *
   * @param exclusions lists of traits of which a row may show one at most; default {@link celebAExclusions}, as far as their
   *   labels are here
   */
  override contradictions(exclusions: readonly Exclusion[] = this.ownExclusions()): Contradictions {
    return super.contradictions(exclusions);
  }

  /** The rows without labels that exclude each other; see {@link CelebA.contradictions}. */
  override withoutContradictions(exclusions: readonly Exclusion[] = this.ownExclusions()): this {
    return super.withoutContradictions(exclusions);
  }

  private ownExclusions(): Exclusion[] {
    const present = new Set(this.labels);
    return celebAExclusions
      .map((traits) => traits.filter((trait) => present.has(labelOf(trait))))
      .filter((traits) => traits.length > 1);
  }
}

async function openParquets({ parquet }: FoundCelebA, options: CelebAOptions): Promise<CelebA> {
  const { images, landmarks, boxes, verify, limits } = options;
  if (landmarks || boxes || verify) {
    throw new CelebANotFoundError(
      'CelebA.open: parquet files have no landmarks, boxes or published md5 sums. Leave these options out, or put the official files there.',
    );
  }
  return new CelebA(
    await readParquet(parquet, { ...(images === 'ignore' && { images }), ...(limits && { limits }) }),
  );
}
