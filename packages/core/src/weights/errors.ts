import { ThawError } from '../errors';

/** A weights file that can't be read: it is not there, cut short, of another format, or not a weights file at all. */
export class WeightsFileError extends ThawError {
  readonly code = 'ERR_WEIGHTS_FILE';
}

/** Weights that don't fit the model: a layer or a weight is missing, or a shape differs. Nothing was loaded. */
export class WeightsMismatchError extends ThawError {
  readonly code = 'ERR_WEIGHTS_MISMATCH';
}

/** A download that failed for good; the message says what to do instead. */
export class DownloadError extends ThawError {
  readonly code = 'ERR_DOWNLOAD';
  /** What was to be downloaded. */
  readonly url: string;

  constructor(url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.url = url;
  }
}
