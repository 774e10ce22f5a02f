/** Labels as bytes of 0 and 1, or as numbers between them where images are mixed. */
export type Labels = Uint8Array | Float32Array;

/** Images of one batch as the network will see them, before its own preprocessing. */
export interface LabelledBatch {
  /** Row numbers in the data set, one an image. */
  readonly rows: Int32Array;
  /** RGB, 0–255, `[images, height, width, 3]`, row-major. */
  readonly pixels: Uint8Array | Float32Array;
  readonly shape: readonly [images: number, height: number, width: number, channels: number];
  /** 0 or 1, `[images, labels]`, row-major; between them where images are mixed with others. */
  readonly y: Labels;
  /**
   * 1 where a label is known and 0 where it isn't, in the layout of `y`; left out where all are. What isn't known counts
   * neither in the loss nor in the metrics.
   */
  readonly known?: Uint8Array | undefined;
}

/** What training and prediction ask of a data set. */
export interface LabelledBatchOptions {
  readonly size: readonly [height: number, width: number];
  readonly batchSize: number;
  /** Default false. */
  readonly shuffle?: boolean | undefined;
  /** Seeds the order and the augmentation; default 0. */
  readonly seed?: number | undefined;
  /** Another epoch gives another order and other augmentations; default 0. */
  readonly epoch?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A multilabel image data set, as training and prediction see it.
 *
 * Anything of this shape will do; `@thawjs/datasets` makes them from folders, zips and label files.
 */
export interface LabelledImages {
  readonly length: number;
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  /** 0 or 1, `[length, labels]`, row-major. */
  readonly y: Uint8Array;
  /** 1 where a label is known and 0 where it isn't, in the layout of `y`; left out where all are. Batches have it too. */
  readonly known?: Uint8Array | undefined;
  /** Set where the batches are augmented, so that a feature cache knows that views differ. */
  readonly augmentation?: object | undefined;
  /**
   * A text that changes where an image of the set may have: from the files' sizes and times of change, say, or a zip's
   * checksums, in the order of `ids`, and the version of what decodes them. Features are kept in files only for a data
   * set that has it, because ids don't tell that the file behind one has changed. Views of augmented images aren't meant:
   * `augmentation` tells of those.
   */
  readonly fingerprint?: string | (() => string | Promise<string>) | undefined;
  /**
   * The order that `batches` gives the rows of an epoch in when it shuffles. With it, a phase that runs on kept features
   * has the same batches as one that decodes images.
   */
  order?(options: { readonly seed: number; readonly epoch: number }): ArrayLike<number>;
  batches(options: LabelledBatchOptions): AsyncIterable<LabelledBatch>;
}
