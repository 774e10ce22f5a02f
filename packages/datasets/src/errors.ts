import { markThawError, ThawError } from '@thawjs/errors';

/** The records of a dataset do not fit together: columns have different lengths, or a label is not 0 or 1. */
export class DatasetShapeError extends ThawError {
  override readonly name = 'DatasetShapeError';
  readonly code = 'ERR_DATASET_SHAPE';
}

/** An option is out of range. The message names the option, its range and the received value. */
export class DatasetOptionError extends RangeError implements ThawError {
  override readonly name = 'DatasetOptionError';
  readonly code = 'ERR_DATASET_OPTION';

  constructor(message: string) {
    super(message);
    markThawError(this);
  }
}

/** The dataset does not have a label that was asked for. The message names the most similar labels. */
export class UnknownLabelError extends ThawError {
  override readonly name = 'UnknownLabelError';
  readonly code = 'ERR_UNKNOWN_LABEL';
}

/** A row number is outside the dataset. */
export class RowRangeError extends RangeError implements ThawError {
  override readonly name = 'RowRangeError';
  readonly code = 'ERR_ROW_RANGE';

  constructor(message: string) {
    super(message);
    markThawError(this);
  }
}

/** The records can't be split as asked for: they have no groups or no official split, or a part would be empty. */
export class SplitError extends ThawError {
  override readonly name = 'SplitError';
  readonly code = 'ERR_SPLIT';
}

/** Images are needed, but the dataset was opened for its labels only. */
export class NoImagesError extends ThawError {
  override readonly name = 'NoImagesError';
  readonly code = 'ERR_NO_IMAGES';
}

/** An image could not be read or decoded; the message names the id, its place and the reason. */
export class ImageDecodeError extends ThawError {
  override readonly name = 'ImageDecodeError';
  readonly code = 'ERR_IMAGE_DECODE';
  /** The id of the record; empty if bytes without a record were decoded, by `decodeImage`. */
  readonly id: string;

  constructor(message: string, id: string, cause?: unknown) {
    super(message, { cause });
    this.id = id;
  }
}

/** A thread that draws images could not be started, or ended by itself. */
export class WorkerFailedError extends ThawError {
  override readonly name = 'WorkerFailedError';
  readonly code = 'ERR_WORKER_FAILED';
}

/** A file of a dataset is damaged or of another form. The message gives the file, the place in it and what was expected. */
export class DatasetFileError extends ThawError {
  override readonly name = 'DatasetFileError';
  readonly code = 'ERR_DATASET_FILE';
}

/** A file is an HTML page, saved in place of the download (Google Drive's quota page, mostly). */
export class DownloadPageError extends ThawError {
  override readonly name = 'DownloadPageError';
  readonly code = 'ERR_DOWNLOAD_PAGE';
}

/** Labels name images that don't exist. The message gives their number and the first names. */
export class MissingImagesError extends ThawError {
  override readonly name = 'MissingImagesError';
  readonly code = 'ERR_MISSING_IMAGES';
}

/** An input is larger, deeper or slower than a limit allows; the message names the limit, its value and how to raise it. */
export class LimitExceededError extends ThawError {
  override readonly name = 'LimitExceededError';
  readonly code = 'ERR_LIMIT_EXCEEDED';
  /** The limit of {@link Limits} that was exceeded. */
  readonly limit: 'pixels' | 'inflatedBytes' | 'cells' | 'depth' | 'seconds';

  constructor(message: string, limit: LimitExceededError['limit']) {
    super(message);
    this.limit = limit;
  }
}
