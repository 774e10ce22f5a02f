import { type Augmentation, type AugmentOptions, augmentation } from './augmentation/augmentation';
import { type BatchOptions, checkBatchOptions } from './batches/batch-options';
import { epochOrder } from './batches/epoch-order';
import type { ImageBatch } from './batches/image-batch';
import { imageBatches } from './batches/image-batches';
import { checkResize, type Resize } from './batches/resize';
import {
  DatasetOptionError,
  type ImageDecodeError,
  MissingImagesError,
  NoImagesError,
  RowRangeError,
} from './errors';
import { cropFraming } from './framing/crop-framing';
import type { Box } from './framing/framing';
import { type AlignOptions, landmarkFraming } from './framing/landmark-framing';
import type { ImageSource } from './images/image-source';
import { imagesFingerprint } from './images/images-fingerprint';
import { readImage } from './images/read-image';
import type { RgbImage } from './images/rgb-image';
import { type Contradictions, contradictions, type Exclusion } from './labels/contradictions';
import { labelColumns } from './labels/label-columns';
import { positiveCounts } from './labels/positive-counts';
import { summaryText } from './labels/summary-text';
import { checkOptions } from './options/check-options';
import { randomGenerator, shuffledRows } from './random/random-generator';
import { checkRecords } from './records/check-records';
import { concatRecords } from './records/concat-records';
import type { DatasetRecords, RowProblem, SplitName } from './records/dataset-records';
import { type DatasetRow, datasetRow } from './records/dataset-row';
import { type LabelRule, mapLabels } from './records/map-labels';
import { takeLabels } from './records/take-labels';
import { takeRows } from './records/take-rows';
import { foldRows, joinedRows } from './splits/fold-rows';
import type { SplitBalance } from './splits/split-balance';
import type { KFoldOptions, SplitOptions } from './splits/split-options';
import { splitRows } from './splits/split-rows';
import { balancedRows } from './subsets/balanced-rows';
import { poolRows } from './subsets/pool-rows';
import type { SubsetBalance } from './subsets/subset-balance';
import { type BalancedOptions, balancedRules } from './subsets/subset-options';

/** The parts of a split, and how evenly the rows are divided. */
export type DatasetSplit<Dataset> = Readonly<Record<SplitName, Dataset>> & { readonly balance: SplitBalance };

/** The folds of {@link ImageDataset.kFold}. */
export interface DatasetFolds<Dataset> {
  readonly folds: readonly { readonly train: Dataset; readonly validation: Dataset }[];
  /** The official test part, if the folds are of the official split. */
  readonly test?: Dataset;
  readonly balance: SplitBalance;
}

/** The result of {@link ImageDataset.withoutCorrupt}. */
export interface CheckedImages<Dataset> {
  /** The rows with images that can be read and decoded. */
  readonly dataset: Dataset;
  /** One error per other row; its `id` names the row. */
  readonly corrupt: readonly ImageDecodeError[];
}

/**
 * Images with any number of labels each. A dataset is immutable.
 *
 * Ids, labels and `y` are in memory. An image is read when it is asked for, and isn't kept. Every method that narrows or
 * divides gives a new dataset, of the same class, over the same image source.
 *
 * @example
 * ```ts
 * import { ImageDataset, memoryImages } from '@thawjs/datasets';
 * import sharp from 'sharp';
 *
 * const grey = { width: 8, height: 8, channels: 3, background: '#808080' } as const;
 * const file = await sharp({ create: grey }).png().toBuffer();
 * const dataset = new ImageDataset({
 *   ids: ['a.png', 'b.png', 'c.png'],
 *   labels: ['Smiling', 'Bald'],
 *   y: new Uint8Array([1, 0, 1, 1, 0, 0]),
 *   images: memoryImages([file, file, file]),
 * });
 * const seen: string[] = [];
 * for await (const { rows, pixels, y } of dataset.without('Bald').batches({ size: [4, 4], batchSize: 2 })) {
 *   seen.push(`rows ${rows}, ${pixels.length} bytes, labels ${y}`);
 * }
 * console.log(seen); // [ 'rows 0,1, 96 bytes, labels 1,1', 'rows 2, 48 bytes, labels 0' ]
 * console.log(dataset.positives()); // Int32Array(2) [ 2, 1 ]
 * ```
 */
export class ImageDataset {
  /** The number of rows. */
  readonly length: number;
  /** The name of each row. */
  readonly ids: readonly string[];
  /** The names of the labels. */
  readonly labels: readonly string[];
  /** 0 or 1, rows × labels, row-major. Don't write to it. */
  readonly y: Uint8Array;
  /** 1 if a label is known, else 0 (and `y` is 0), in the layout of `y`. Undefined if all labels are known. */
  readonly known?: Uint8Array;
  /** The group of each row, such as a person or patient. A split by group keeps a group in one part. */
  readonly groups?: Int32Array | readonly string[];
  /** The part that the data's authors put each row in. */
  readonly splits?: readonly SplitName[];
  /** Points of each row's image, x and y one after another, in pixels; `align` goes by them. */
  readonly landmarks?: Float32Array;
  /** How batches vary the images; undefined if they don't. */
  readonly augmentation?: Augmentation;
  /** The problems of the rows that a reader left out (`onProblem: 'skip'`); undefined if it left out none. */
  readonly problems?: readonly RowProblem[];
  /** If `balanced` chose these rows: how equally frequent the labels are, and the proven bound. */
  readonly subset?: SubsetBalance;

  /** The columns that this dataset is made of. */
  protected readonly records: DatasetRecords;

  /**
   * @param records the columns; they are kept, not copied
   * @throws {DatasetShapeError} they do not fit together
   */
  constructor(records: DatasetRecords) {
    checkRecords(records);
    this.records = records;
    this.length = records.ids.length;
    this.ids = records.ids;
    this.labels = records.labels;
    this.y = records.y;
    if (records.known) this.known = records.known;
    if (records.groups) this.groups = records.groups;
    if (records.splits) this.splits = records.splits;
    if (records.landmarks) this.landmarks = records.landmarks;
    if (records.augmentation) this.augmentation = records.augmentation;
    if (records.problems) this.problems = records.problems;
    if (records.subset) this.subset = records.subset;
  }

  /** A dataset of the same class over other records. */
  protected derive(records: DatasetRecords): this {
    return new (this.constructor as new (records: DatasetRecords) => this)(records);
  }

  /**
   * The dataset without these labels; the rows stay.
   *
   * @throws {UnknownLabelError} a name is not among the labels; the nearest ones are named
   */
  without(...labels: string[]): this {
    const dropped = new Set(labelColumns('without', labels, this.labels));
    return this.derive(
      takeLabels(
        this.records,
        [...this.labels.keys()].filter((column) => !dropped.has(column)),
      ),
    );
  }

  /**
   * The dataset with these labels only, in this order; the rows stay.
   *
   * @throws {UnknownLabelError} a name is not among the labels; the nearest ones are named
   */
  only(...labels: string[]): this {
    return this.derive(takeLabels(this.records, labelColumns('only', labels, this.labels)));
  }

  /**
   * The dataset of the given rows, in the given order. A row may occur several times.
   *
   * @throws {RowRangeError} a number is no row of this dataset
   */
  select(rows: Iterable<number> | ArrayLike<number>): this {
    const numbers = Array.from(rows);
    for (const row of numbers) this.checkRow('select', row);
    return this.derive(takeRows(this.records, Int32Array.from(numbers)));
  }

  /** The dataset of the rows for which the function gives true. */
  filter(keep: (row: DatasetRow) => boolean): this {
    const rows = Int32Array.from({ length: this.length }, (_, row) => row);
    return this.derive(
      takeRows(
        this.records,
        rows.filter((row) => keep(datasetRow(this.records, row))),
      ),
    );
  }

  /**
   * The dataset with other labels, which functions compute from each row: for example two labels joined to one, or one
   * negated.
   *
   * @param rules a function for each new label, which gives whether a row has the label, or undefined if that is unknown
   *
   * @example
   * ```ts
   * import { ImageDataset } from '@thawjs/datasets';
   *
   * const faces = new ImageDataset({ ids: ['a', 'b'], labels: ['Black', 'Brown'], y: new Uint8Array([1, 0, 0, 0]) });
   * const { labels, y } = faces.map({ Dark: (row) => row.has('Black') || row.has('Brown'), Fair: (row) => !row.has('Black') });
   * console.log(labels, y.join('')); // [ 'Dark', 'Fair' ] 1001
   * ```
   */
  map(rules: Readonly<Record<string, LabelRule>>): this {
    return this.derive(mapLabels(this.records, rules));
  }

  /**
   * The rows of this dataset and then those of the others; groups that are equal are the same group.
   *
   * @throws {DatasetShapeError} they have other labels, or not the same columns, framing and augmentation
   */
  concat(...others: readonly this[]): this {
    return this.derive(concatRecords([this, ...others].map(({ records }) => records)));
  }

  /**
   * Finds the rows that have labels which exclude each other.
   *
   * @param exclusions lists of traits of which a row may show one at most: a label, or `{ not: label }`
   * @throws {UnknownLabelError} a name is not among the labels; the nearest ones are named
   */
  contradictions(exclusions: readonly Exclusion[]): Contradictions {
    return contradictions(this.records, exclusions);
  }

  /**
   * The rows without labels that exclude each other.
   *
   * @param exclusions lists of traits of which a row may show one at most: a label, or `{ not: label }`
   * @throws {UnknownLabelError} a name is not among the labels; the nearest ones are named
   */
  withoutContradictions(exclusions: readonly Exclusion[]): this {
    const { rows } = this.contradictions(exclusions);
    const broken = new Set(rows);
    return this.filter(({ row }) => !broken.has(row));
  }

  /**
   * `n` rows drawn without replacement, in the order of the dataset; all rows if there are at most `n`.
   *
   * @throws {DatasetOptionError} n is no whole number from 0
   */
  sample(n: number, { seed = 0 }: { seed?: number } = {}): this {
    this.checkCount('sample', n);
    const rows = shuffledRows(this.length, randomGenerator(seed)).slice(0, n).sort();
    return this.derive(takeRows(this.records, rows));
  }

  /**
   * `n` rows whose labels are as equally frequent as the search finds, in the order of the dataset. `subset` of the
   * result has their score and a bound for any choice.
   *
   * Minimises the standard deviation of the positives per label over their mean, and of equal choices prefers more
   * positives; see {@link balancedRows}. Rows without labels come in only if there are too few others, unless
   * `minLabelsPerRow` says otherwise; `subset.emptyRows` counts them.
   *
   * @throws {DatasetOptionError} n is no whole number from 0 to the number of rows that may be chosen, or an option is
   *   none
   * @throws {SplitError} the pool is an official part, and these records have none
   */
  balanced(n: number, options: BalancedOptions = {}): this {
    checkOptions('balanced', options, balancedRules);
    const pool = poolRows(this.records, options.pool);
    const { y, groups } = takeRows(this.records, pool);
    const { pool: _, ...search } = options;
    const { rows, ...subset } = balancedRows(y, this.labels.length, n, {
      ...search,
      ...(groups && { groups }),
    });
    const chosen = takeRows(
      this.records,
      rows.map((row) => pool[row]),
    );
    return this.derive({ ...chosen, subset });
  }

  /**
   * Divides the rows into train, validation and test. `balance` tells how evenly, and whether a group is in two parts.
   *
   * By group (the default if there are groups) no group is in two parts; stratified (the default elsewhere) goes row
   * by row. Both give each part its share of the rows and of every label as nearly as they find. A label with two or
   * three positives is in train, then in test, then in validation, before it is anywhere twice; `minPositivesPerPart`
   * requires more, and `balance.missing` lists labels that miss a part. A part that `fractions` leave out has no rows.
   *
   * @throws {SplitError} the records cannot give this split, or a part would be empty or lack positives
   * @throws {DatasetOptionError} the fractions don't add up to 1, or an option is out of range
   */
  split(options: SplitOptions = {}): DatasetSplit<this> {
    const { train, validation, test, balance } = splitRows(this.records, options);
    return {
      train: this.derive(takeRows(this.records, train)),
      validation: this.derive(takeRows(this.records, validation)),
      test: this.derive(takeRows(this.records, test)),
      balance,
    };
  }

  /**
   * Divides the rows into `k` folds of the same size, each the validation part of one round and learned from in the others.
   *
   * By group, stratified or at random as {@link ImageDataset.split}; `'official'` keeps the official test part out of all folds.
   *
   * @param k from 2 to 255
   * @throws {SplitError} the records cannot give these folds, or one would be empty or lack positives
   * @throws {DatasetOptionError} k or an option is out of range
   */
  kFold(k: number, options: KFoldOptions = {}): DatasetFolds<this> {
    const { folds, test, balance } = foldRows(this.records, k, options);
    return {
      folds: folds.map((validation, fold) => ({
        train: this.derive(takeRows(this.records, joinedRows(folds, fold))),
        validation: this.derive(takeRows(this.records, validation)),
      })),
      ...(test && { test: this.derive(takeRows(this.records, test)) }),
      balance,
    };
  }

  /**
   * The dataset with augmentation: batches vary the images at random. Without options, augmentation is off.
   *
   * Geometry first (flip, rotation, zoom, translation), then colours, then erasing. Each image of each epoch draws its
   * own values from (seed, epoch, id) alone. `image` and `bytes` stay as they are on disk. For mixup and cutmix see
   * {@link mixImages}.
   *
   * @throws {DatasetOptionError} an option is outside its range
   */
  augment(options: AugmentOptions): this {
    const { augmentation: _, ...records } = this.records;
    const chosen = augmentation(options);
    return this.derive(chosen ? { ...records, augmentation: chosen } : records);
  }

  /**
   * The dataset of which batches show only a part of each image: the largest in the middle with the batch's proportions
   * (`'cover'`, as Keras' `crop_to_aspect_ratio`), one box for all, or a box per row.
   *
   * Pixels are of the image after EXIF orientation. The image isn't cut before augmentation: a rotated image shows
   * pixels beside its part, and pixels beyond the image's edges are reflected. `image` and `bytes` stay whole.
   *
   * @param part boxes of the rows are left, top, width, height of each, one after another
   * @throws {DatasetOptionError} a box has no area, or there is not one per row
   */
  crop(part: 'cover' | Box | ArrayLike<number>): this {
    return this.derive({ ...this.records, framing: cropFraming(part, this.length) });
  }

  /**
   * The dataset of which batches move, rotate and scale each image so that its landmarks come to lie on a template.
   *
   * The similarity that fits best in least squares (Umeyama, 1991), and the resize, in one interpolation. For the
   * landmarks of a detector see {@link detectLandmarks}.
   *
   * @throws {DatasetOptionError} landmarks that are not one template's points per row, or are all in one place
   */
  align(options: AlignOptions = {}): this {
    const landmarks = options.landmarks ?? this.landmarks ?? [];
    return this.derive({ ...this.records, framing: landmarkFraming({ ...options, landmarks }, this.length) });
  }

  /**
   * The dataset with images that batches resize in a given way, in training, kept features and prediction alike.
   *
   * `'fast'` (under Node) shrinks images that are larger than the batch while they are decoded: of photographs of
   * 1600 × 1200 pixels 1.6 times as fast, and without the aliasing of TensorFlow's bilinear resize. The pixels differ
   * from TensorFlow's. It has no effect in a browser, for smaller images, and together with `crop` or `align`.
   *
   * @throws {DatasetOptionError} the way is neither `'tensorflow'` nor `'fast'`
   */
  resized(resize: Resize): this {
    checkResize('resized', resize);
    return this.derive({ ...this.records, resize });
  }

  /**
   * Reads and decodes every image once. Returns the dataset of the images that can be decoded, and the errors of the
   * others.
   *
   * @throws {NoImagesError} the dataset has labels alone
   * @throws {MissingImagesError} no image can be read or decoded, mostly because names or folders are wrong
   */
  async withoutCorrupt({
    workers,
    signal,
  }: Pick<BatchOptions, 'workers' | 'signal'> = {}): Promise<CheckedImages<this>> {
    const corrupt: ImageDecodeError[] = [];
    const rows: number[] = [];
    const { framing: _, augmentation: __, resize: ___, ...plain } = this.records;
    const pass = this.derive(plain).batches({
      size: [1, 1],
      batchSize: 64,
      corrupt: 'skip',
      onCorrupt: (error) => corrupt.push(error),
      ...(workers !== undefined && { workers }),
      ...(signal && { signal }),
    });
    for await (const batch of pass) rows.push(...batch.rows);
    if (rows.length === 0 && corrupt.length > 0) {
      throw new MissingImagesError(
        `withoutCorrupt: none of the ${corrupt.length.toLocaleString('en-US')} images can be read; the first: ${corrupt[0].message}`,
        { cause: corrupt[0] },
      );
    }
    return { dataset: this.select(rows), corrupt };
  }

  /**
   * Gives a text that changes if pixels of an image may have changed, so that kept features of other pixels are never
   * used. It is made of sizes and times of files, or checksums in a zip. Undefined for images on the web or in memory,
   * whose changes can't be seen.
   */
  get fingerprint(): (() => Promise<string>) | undefined {
    return imagesFingerprint(this.records);
  }

  /** The order in which `batches` with `shuffle` gives the rows. */
  order(options: { seed?: number; epoch?: number } = {}): Int32Array {
    return epochOrder(this.length, options);
  }

  /** How many rows have each label, in the order of `labels`. */
  positives(): Int32Array {
    return positiveCounts(this.y, this.labels.length);
  }

  /** Rows, groups, official split and a table of the labels by frequency, as text. */
  summary(): string {
    return summaryText(this.records);
  }

  /**
   * One image, decoded to RGB at its own size.
   *
   * @throws {ImageDecodeError} it can't be read or decoded
   * @throws {RowRangeError} there is no such row
   * @throws {NoImagesError} the dataset has labels alone
   */
  async image(row: number): Promise<RgbImage> {
    this.checkRow('image', row);
    return readImage(this.source('image'), this.imageIndex(row), this.ids[row]);
  }

  /**
   * The bytes of the file of one image, not decoded.
   *
   * @throws {RowRangeError} there is no such row
   * @throws {NoImagesError} the dataset has labels alone
   */
  async bytes(row: number): Promise<Uint8Array> {
    this.checkRow('bytes', row);
    return this.source('bytes').read(this.imageIndex(row));
  }

  /** `batches` honours `skip`. */
  get canSkip(): true {
    return true;
  }

  /**
   * One pass over the images, decoded, resized and augmented, with their labels. Batches are prepared while the caller
   * computes.
   *
   * Reading, decoding and drawing run in worker threads (see `workers`). Leaving the loop early or aborting the signal
   * stops the pass. Memory is bounded by `prefetch` + 2 batches, and 64 MiB of encoded files. The pixels depend on the
   * dataset, `size`, `seed` and `epoch`, never on the batch size or the number of workers.
   *
   * @throws {DatasetOptionError} an option is outside its range
   * @throws {NoImagesError} the dataset has labels alone
   * @throws {ImageDecodeError} in the loop, at the batch with an image that can't be read or decoded, unless `corrupt:
   *   'skip'`
   */
  batches(options: BatchOptions): AsyncGenerator<ImageBatch, void, undefined> {
    checkBatchOptions(options);
    return imageBatches(this.records, this.source('batches'), options);
  }

  private imageIndex(row: number): number {
    return this.records.imageIndices?.[row] ?? row;
  }

  private source(caller: string): ImageSource {
    const { images } = this.records;
    if (!images)
      throw new NoImagesError(`${caller}: this dataset was made without images, for its labels alone.`);
    return images;
  }

  private checkRow(caller: string, row: number): void {
    if (!Number.isInteger(row) || row < 0 || row >= this.length) {
      throw new RowRangeError(
        `${caller}: expected rows as whole numbers from 0 to ${this.length - 1}; received ${row}.`,
      );
    }
  }

  private checkCount(caller: string, n: number): void {
    if (!Number.isSafeInteger(n) || n < 0) {
      throw new DatasetOptionError(`${caller}: expected n as a whole number from 0; received ${n}.`);
    }
  }
}
