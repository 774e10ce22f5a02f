/** No CelebA where the path points: the message says which files were looked for, and where to put them. */
export class CelebANotFoundError extends Error {
  override readonly name = 'CelebANotFoundError';
  readonly code = 'ERR_CELEBA_NOT_FOUND';
}

/** A file is an HTML page, saved in place of the download (Google Drive's quota page, mostly). */
export class DownloadPageError extends Error {
  override readonly name = 'DownloadPageError';
  readonly code = 'ERR_DOWNLOAD_PAGE';
}

/** A zip ends before its directory: the download was cut off. */
export class TruncatedZipError extends Error {
  override readonly name = 'TruncatedZipError';
  readonly code = 'ERR_TRUNCATED_ZIP';
}

/** A file that should be a zip is none, or one that can't be read. */
export class ZipFormatError extends Error {
  override readonly name = 'ZipFormatError';
  readonly code = 'ERR_ZIP_FORMAT';
}

/** A label, split or identity file has a line that is not as it should be; the message gives file and line. */
export class LabelFileError extends Error {
  override readonly name = 'LabelFileError';
  readonly code = 'ERR_LABEL_FILE';
}

/** The label file names images that are not there; the message gives their number and the first names. */
export class MissingImagesError extends Error {
  override readonly name = 'MissingImagesError';
  readonly code = 'ERR_MISSING_IMAGES';
}
