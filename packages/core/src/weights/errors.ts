import { ThawError } from '@thawjs/errors';

/** A weights file can't be read: it is missing, cut short, damaged, or of another format. */
export class WeightsFileError extends ThawError {
  override readonly name = 'WeightsFileError';
  readonly code = 'ERR_WEIGHTS_FILE';
}

/** Weights don't fit the model: a layer or a weight is missing, or a shape differs. Nothing was loaded. */
export class WeightsMismatchError extends ThawError {
  override readonly name = 'WeightsMismatchError';
  readonly code = 'ERR_WEIGHTS_MISMATCH';
}

/** A download failed, and trying again won't help. The message says what to do instead. */
export class DownloadError extends ThawError {
  override readonly name = 'DownloadError';
  readonly code = 'ERR_DOWNLOAD';
  /** The URL or name of the file. */
  readonly url: string;

  constructor(url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.url = url;
  }
}
