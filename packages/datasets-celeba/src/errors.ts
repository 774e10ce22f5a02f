import { ThawError } from '@thawjs/errors';

/** The path has no CelebA. The message names the files that were looked for, and their places. */
export class CelebANotFoundError extends ThawError {
  override readonly name = 'CelebANotFoundError';
  readonly code = 'ERR_CELEBA_NOT_FOUND';
}

/** A zip ends before its directory: the download was cut off. */
export class TruncatedZipError extends ThawError {
  override readonly name = 'TruncatedZipError';
  readonly code = 'ERR_TRUNCATED_ZIP';
}

/** A file that should be a zip isn't one, or is a zip that can't be read. */
export class ZipFormatError extends ThawError {
  override readonly name = 'ZipFormatError';
  readonly code = 'ERR_ZIP_FORMAT';
}

/** A label, split or identity file has a line that is invalid; the message gives file and line. */
export class LabelFileError extends ThawError {
  override readonly name = 'LabelFileError';
  readonly code = 'ERR_LABEL_FILE';
}

/** A file has another md5 than the published one, or none is published for it. */
export class ChecksumError extends ThawError {
  override readonly name = 'ChecksumError';
  readonly code = 'ERR_CHECKSUM';
}

/** Bounding boxes are asked for with the aligned images, but they are those of the images in the wild. */
export class AlignedImagesError extends ThawError {
  override readonly name = 'AlignedImagesError';
  readonly code = 'ERR_ALIGNED_IMAGES';
}
