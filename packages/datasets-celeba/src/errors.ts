import { ThawError } from '@thawjs/errors';

/** No CelebA where the path points: the message says which files were looked for, and where to put them. */
export class CelebANotFoundError extends ThawError {
  override readonly name = 'CelebANotFoundError';
  readonly code = 'ERR_CELEBA_NOT_FOUND';
}

/** A zip ends before its directory: the download was cut off. */
export class TruncatedZipError extends ThawError {
  override readonly name = 'TruncatedZipError';
  readonly code = 'ERR_TRUNCATED_ZIP';
}

/** A file that should be a zip is none, or one that can't be read. */
export class ZipFormatError extends ThawError {
  override readonly name = 'ZipFormatError';
  readonly code = 'ERR_ZIP_FORMAT';
}

/** A label, split or identity file has a line that is not as it should be; the message gives file and line. */
export class LabelFileError extends ThawError {
  override readonly name = 'LabelFileError';
  readonly code = 'ERR_LABEL_FILE';
}

/** A file has another md5 than the published one, or none is published for it. */
export class ChecksumError extends ThawError {
  override readonly name = 'ChecksumError';
  readonly code = 'ERR_CHECKSUM';
}

/** Bounding boxes are asked for with images that they are not of: the aligned ones. */
export class AlignedImagesError extends ThawError {
  override readonly name = 'AlignedImagesError';
  readonly code = 'ERR_ALIGNED_IMAGES';
}
