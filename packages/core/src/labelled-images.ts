/** Labels as bytes of 0 and 1, or, for mixed images, as numbers from 0 to 1. */
export type Labels = Uint8Array | Float32Array;

/** A batch of images and labels. The images have the network's size, and are not preprocessed yet. */
export interface LabelledBatch {
  /** The row number in the data set, per image. */
  readonly rows: Int32Array;
  /** RGB from 0 to 255, `[images, height, width, 3]`, row-major. */
  readonly pixels: Uint8Array | Float32Array;
  readonly shape: readonly [images: number, height: number, width: number, channels: number];
  /** 0 or 1, `[images, labels]`, row-major; for mixed images from 0 to 1. */
  readonly y: Labels;
  /**
   * 1 for labels that are known, else 0, in the layout of `y`; left out if all are known. Labels that aren't known count
   * neither in the loss nor in the metrics.
   */
  readonly known?: Uint8Array | undefined;
  /**
   * The images as the `decoder` that the data set was given keeps them, as long as nobody has read `pixels`. With it,
   * `pixels` needn't be read.
   */
  readonly held?: HeldPixels | undefined;
}

/** The options with which training and prediction ask a data set for batches. */
export interface LabelledBatchOptions {
  readonly size: readonly [height: number, width: number];
  readonly batchSize: number;
  /** Whether the rows are in random order; default false. */
  readonly shuffle?: boolean | undefined;
  /** Seeds the order and the augmentation; default 0. */
  readonly seed?: number | undefined;
  /** Each epoch has another order and other augmentations; default 0. */
  readonly epoch?: number | undefined;
  /**
   * How many batches at the beginning of the epoch are left out; default 0. The others are the same as without it. Only
   * asked for if the data set's `canSkip` is true: by a run that is resumed in the middle of an epoch.
   */
  readonly skip?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Decodes JPEGs faster than other ways. A data set may use it for those that it only resizes. */
  readonly decoder?: JpegBatchDecoder | undefined;
}

/** Decodes JPEGs to RGB and resizes each to `size`, as `tf.image.resize` does, rounded to bytes, halves up. */
export interface JpegBatchDecoder {
  /** Returns the bytes of all images, one after the other. The promise is rejected if one can't be decoded. */
  (files: readonly Uint8Array[], size: readonly [height: number, width: number]): Promise<Uint8Array>;
  /**
   * The same, but the decoder keeps the images until they are asked for. It may also decline, with undefined. A data set
   * may use it for a batch of such images alone.
   */
  readonly hold?: (
    files: readonly Uint8Array[],
    size: readonly [height: number, width: number],
  ) => Promise<HeldPixels | undefined>;
}

/** Decoded images that a decoder keeps. */
export interface HeldPixels {
  /** Copies the bytes of all images, one after the other; after `release`, too. */
  read(): Uint8Array;
  /** Frees the memory that holds the images. */
  release(): void;
}

/**
 * A multilabel image data set, as training and prediction need it.
 *
 * Any object of this type works. `@thawjs/datasets` makes them from folders, zips and label files.
 */
export interface LabelledImages {
  readonly length: number;
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  /** 0 or 1, `[length, labels]`, row-major. */
  readonly y: Uint8Array;
  /** 1 for labels that are known, else 0, in the layout of `y`; left out if all are known. Batches then have it too. */
  readonly known?: Uint8Array | undefined;
  /** Set if batches are augmented, which makes the images differ from epoch to epoch. Describes the augmentation. */
  readonly augmentation?: object | undefined;
  /**
   * A text that changes if an image of the data set may have changed. For example, it can be made of the files' sizes and
   * modification times, or a zip's checksums, in the order of `ids`, and the version of the decoder. Features are kept in
   * files only for data sets that have it, because ids don't show that a file has changed. Augmentation isn't part of it.
   */
  readonly fingerprint?: string | (() => string | Promise<string>) | undefined;
  /**
   * True if `batches` honours `skip`. Otherwise a run that is resumed in the middle of an epoch asks for the whole epoch,
   * and drops the batches that it has trained on already.
   */
  readonly canSkip?: boolean | undefined;
  /**
   * The order of the rows in an epoch if `batches` shuffles. With it, a phase that runs on kept features has the same
   * batches as one that decodes images.
   */
  order?(options: { readonly seed: number; readonly epoch: number }): ArrayLike<number>;
  batches(options: LabelledBatchOptions): AsyncIterable<LabelledBatch>;
}
