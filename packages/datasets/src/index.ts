export { ThawError } from '@thawjs/errors';
export type { Augmentation, AugmentOptions, RandAugment, RandomErasing } from './augmentation/augmentation';
export type { BatchOptions } from './batches/batch-options';
export type { ImageBatch } from './batches/image-batch';
export type { Resize } from './batches/resize';
export { readCsvRows } from './csv/read-csv-rows';
export {
  DatasetFileError,
  DatasetOptionError,
  DatasetShapeError,
  DownloadPageError,
  ImageDecodeError,
  LimitExceededError,
  MissingImagesError,
  NoImagesError,
  RowRangeError,
  SplitError,
  UnknownLabelError,
  WorkerFailedError,
} from './errors';
export { arcFaceTemplate } from './framing/arc-face-template';
export { type DetectedLandmarks, detectLandmarks, type LandmarkDetector } from './framing/detect-landmarks';
export type { Box, Framing, LandmarkTemplate } from './framing/framing';
export type { AlignOptions } from './framing/landmark-framing';
export { type CheckedImages, type DatasetFolds, type DatasetSplit, ImageDataset } from './image-dataset';
export type { AffineMap } from './images/affine-map';
export { blobImages } from './images/blob-images';
export { decodeImage } from './images/decode-image';
export { fileImages } from './images/file-images';
export type { ImageSource } from './images/image-source';
export { memoryImages } from './images/memory-images';
export { resizeBilinear } from './images/resize-bilinear';
export type { RgbImage } from './images/rgb-image';
export { urlImages } from './images/url-images';
export { warpBilinear } from './images/warp-bilinear';
export { type Contradictions, type Exclusion, labelOf, type Trait } from './labels/contradictions';
export { relativeDeviation } from './labels/relative-deviation';
export { checkedLimits, type Limits, limitExceeded } from './limits/limits';
export {
  type MixableImages,
  type MixedBatch,
  type MixedImages,
  type MixOptions,
  mixImages,
} from './mixing/mix-images';
export { ANY, checkOptions, FLAG, type OptionRule, oneOf } from './options/check-options';
export type { BatchDecoder, HeldImages } from './pipeline/batch-decoder';
export { mersenneTwister } from './random/mersenne-twister';
export { type RandomGenerator, randomGenerator } from './random/random-generator';
export type {
  AnnotationFileOptions,
  AnnotationFolderOptions,
  AnnotationOptions,
} from './readers/annotation-options';
export type { LabelCells } from './readers/label-cell';
export type { CellValueLists, CellValues, CheXpertValues } from './readers/label-value';
export { type ArrowOptions, openArrow } from './readers/open-arrow';
export { type CocoOptions, openCoco } from './readers/open-coco';
export { type CsvOptions, openCsv } from './readers/open-csv';
export { openCvat } from './readers/open-cvat';
export { type ImageFolderOptions, openImageFolder } from './readers/open-image-folder';
export { type JsonLinesOptions, openJsonLines } from './readers/open-json-lines';
export { openLabelStudio } from './readers/open-label-studio';
export { openParquet, type ParquetOptions } from './readers/open-parquet';
export { openRows, type RowsOptions } from './readers/open-rows';
export { openVia, type ViaOptions } from './readers/open-via';
export { openVoc } from './readers/open-voc';
export { openWebDataset, type WebDatasetOptions } from './readers/open-web-dataset';
export { openXlsx, type XlsxOptions } from './readers/open-xlsx';
export { openYolo } from './readers/open-yolo';
export { parquetCells, parquetColumns, parquetRecords } from './readers/parquet-records';
export type { ReadingOptions, TextSource } from './readers/read-text';
export { refuseDownloadPage } from './readers/refuse-download-page';
export type { ProblemRule } from './readers/row-problems';
export type { SplitColumn } from './readers/split-column';
export type {
  ImagePlaces,
  LabelColumns,
  NamedLabels,
  TableColumns,
  TableRow,
} from './readers/table-options';
export type { DatasetRecords, RowProblem, SplitName } from './records/dataset-records';
export type { DatasetRow } from './records/dataset-row';
export type { LabelRule } from './records/map-labels';
export type { SplitBalance } from './splits/split-balance';
export type { KFoldOptions, SplitFractions, SplitOptions, SplitWay } from './splits/split-options';
export { type BalancedRows, type BalancedRowsOptions, balancedRows } from './subsets/balanced-rows';
export type { SubsetBalance } from './subsets/subset-balance';
export type { BalancedOptions, SubsetProgress, SubsetSearch } from './subsets/subset-options';
