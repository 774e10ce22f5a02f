export { DownloadPageError, MissingImagesError } from '@thawjs/datasets';
export { ThawError } from '@thawjs/errors';
export { CelebA, type CelebAOptions } from './celeba';
export {
  AlignedImagesError,
  CelebANotFoundError,
  ChecksumError,
  LabelFileError,
  TruncatedZipError,
  ZipFormatError,
} from './errors';
export { celebAExclusions } from './labels/celeba-exclusions';
