export { CelebA, type CelebAOptions } from './celeba';
export {
  CelebANotFoundError,
  DownloadPageError,
  LabelFileError,
  MissingImagesError,
  TruncatedZipError,
  ZipFormatError,
} from './errors';
