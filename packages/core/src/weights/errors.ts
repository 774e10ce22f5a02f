/** A weights file that can't be read: it is not there, cut short, of another format, or not a weights file at all. */
export class WeightsFileError extends Error {
  override readonly name = 'WeightsFileError';
  readonly code = 'ERR_WEIGHTS_FILE';
}

/** Weights that don't fit the model: a layer or a weight is missing, or a shape differs. Nothing was loaded. */
export class WeightsMismatchError extends Error {
  override readonly name = 'WeightsMismatchError';
  readonly code = 'ERR_WEIGHTS_MISMATCH';
}

/** A download that failed for good; the message says what to do instead. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly code = 'ERR_DOWNLOAD';
  /** What was to be downloaded. */
  readonly url: string;

  constructor(url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.url = url;
  }
}

/** An option of a backbone that can't be: an image too small for the network, weights for another number of classes. */
export class BackboneOptionError extends Error {
  override readonly name = 'BackboneOptionError';
  readonly code = 'ERR_BACKBONE_OPTION';
}
