import { DatasetOptionError, type ImageDecodeError } from '../errors';
import type { BatchDecoder } from '../pipeline/batch-decoder';
import { checkResize, type Resize } from './resize';

/** Options of one pass over the images in batches. */
export interface BatchOptions {
  /** Height and width of the images of the batch, in pixels. */
  readonly size: readonly [height: number, width: number];
  /** How images are resized to it; default that of the dataset (see `ImageDataset.resized`), which is `'tensorflow'`. */
  readonly resize?: Resize;
  /** Images per batch; the last batch of a pass may have fewer. */
  readonly batchSize: number;
  /** Whether the rows come in random order, another one in each epoch. Default false: the order of the dataset. */
  readonly shuffle?: boolean;
  /** Seeds the order and the augmentation. Default 0. */
  readonly seed?: number;
  /** The number of the pass: another epoch has another order and other augmentations. Default 0. */
  readonly epoch?: number;
  /**
   * Leaves out this many batches at the beginning of the pass, without reading their images. The others are the same as
   * without it. Default 0.
   */
  readonly skip?: number;
  /** The number of batches that are prepared while the caller works on one. Default 2. With 0, none is prepared ahead. */
  readonly prefetch?: number;
  /**
   * Threads that read, decode and draw the images, kept from pass to pass. Default: one per core, at most 8; 0 for fewer
   * than 256 images. With 0, only decoding runs off the calling thread. The option has no effect in a browser, which
   * decodes off the main thread. The pixels don't depend on it.
   */
  readonly workers?: number;
  /**
   * Decodes small JPEGs that are only resized, a batch at a time, where other images are drawn one by one. The pixels are the
   * same. `nativeJpegDecoder()` of `@thawjs/core` is one, which training and prediction pass.
   */
  readonly decoder?: BatchDecoder | undefined;
  /**
   * How to treat an image that can't be read or decoded: `'stop'` (default) ends the pass with its error, `'skip'`
   * leaves its row out of its batch. A loop that needs every row, such as a prediction, should call
   * `dataset.withoutCorrupt()` first.
   */
  readonly corrupt?: 'stop' | 'skip';
  /** Called for each image that was skipped, when its batch is due. */
  readonly onCorrupt?: (error: ImageDecodeError) => void;
  /** Stops the pass: the loop over it throws the signal's reason, and no further image is read. */
  readonly signal?: AbortSignal;
}

/**
 * Checks the options before any work.
 *
 * @throws {DatasetOptionError} a size, batch size, skip or prefetch that is no whole number in its range, or an unknown resize
 */
export function checkBatchOptions({
  size,
  batchSize,
  seed = 0,
  epoch = 0,
  skip = 0,
  prefetch = 2,
  workers = 0,
  corrupt = 'stop',
  resize = 'tensorflow',
}: BatchOptions): void {
  const whole = (value: unknown, least: number) => Number.isSafeInteger(value) && (value as number) >= least;
  if (!Array.isArray(size) || size.length !== 2 || !size.every((side) => whole(side, 1))) {
    throw new DatasetOptionError(
      `batches: expected size as [height, width] in whole pixels, as [224, 224]; received ${JSON.stringify(size)}.`,
    );
  }
  checkResize('batches', resize);
  if (!whole(batchSize, 1)) {
    throw new DatasetOptionError(
      `batches: expected batchSize as a whole number from 1; received ${batchSize}.`,
    );
  }
  if (!whole(skip, 0)) {
    throw new DatasetOptionError(`batches: expected skip as a whole number from 0; received ${skip}.`);
  }
  if (!whole(prefetch, 0)) {
    throw new DatasetOptionError(
      `batches: expected prefetch as a whole number from 0; received ${prefetch}.`,
    );
  }
  if (!whole(workers, 0)) {
    throw new DatasetOptionError(`batches: expected workers as a whole number from 0; received ${workers}.`);
  }
  if (corrupt !== 'stop' && corrupt !== 'skip') {
    throw new DatasetOptionError(
      `batches: expected corrupt as 'stop' or 'skip'; received ${JSON.stringify(corrupt)}.`,
    );
  }
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(epoch)) {
    throw new DatasetOptionError(
      `batches: expected seed and epoch as whole numbers; received ${seed} and ${epoch}.`,
    );
  }
}
