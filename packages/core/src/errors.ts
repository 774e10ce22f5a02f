import { ThawError } from '@thawjs/errors';

/** An option has a value that it can't have. */
export class OptionError extends ThawError {
  override readonly name = 'OptionError';
  readonly code = 'ERR_OPTION';
}

/** The backend, the processor or the model can't compute in the precision that was asked for. */
export class PrecisionError extends ThawError {
  override readonly name = 'PrecisionError';
  readonly code = 'ERR_PRECISION';
}

/** A selection of layers names something that the model doesn't have, or selects nothing. */
export class SelectionError extends ThawError {
  override readonly name = 'SelectionError';
  readonly code = 'ERR_SELECTION';
}

/** Data and model have different labels, or a batch doesn't match its description or the model's input. */
export class DataMismatchError extends ThawError {
  override readonly name = 'DataMismatchError';
  readonly code = 'ERR_DATA_MISMATCH';
}

/** The backend lacks a kernel that the requested training needs. */
export class KernelMissingError extends ThawError {
  override readonly name = 'KernelMissingError';
  readonly code = 'ERR_KERNEL_MISSING';
}

/** Training produced NaN or infinity. The weights are as they were before the step. */
export class DivergedError extends ThawError {
  override readonly name = 'DivergedError';
  readonly code = 'ERR_DIVERGED';
}

/** A saved model can't be read or written: it is absent, damaged or of another kind, or the place can't be written. */
export class SavedModelError extends ThawError {
  override readonly name = 'SavedModelError';
  readonly code = 'ERR_SAVED_MODEL';
}

/** A model can't be exported: the format can't hold it, or the folder can't be written. */
export class ExportError extends ThawError {
  override readonly name = 'ExportError';
  readonly code = 'ERR_EXPORT';
}

/** Shards of features are missing, damaged, of different jobs, or can't be written. */
export class FeatureShardError extends ThawError {
  override readonly name = 'FeatureShardError';
  readonly code = 'ERR_FEATURE_SHARD';
}

/** The folder of kept features can't be read or written. */
export class FeatureCacheError extends ThawError {
  override readonly name = 'FeatureCacheError';
  readonly code = 'ERR_FEATURE_CACHE';
}

/** Images or frozen weights have changed since features were computed from them. */
export class StaleFeaturesError extends ThawError {
  override readonly name = 'StaleFeaturesError';
  readonly code = 'ERR_STALE_FEATURES';
}

/** The sizes of an operation's inputs don't fit each other. */
export class OperationSizesError extends ThawError {
  override readonly name = 'OperationSizesError';
  readonly code = 'ERR_OPERATION_SIZES';
}

/** The number types of an operation's inputs differ. */
export class OperationTypesError extends ThawError {
  override readonly name = 'OperationTypesError';
  readonly code = 'ERR_OPERATION_TYPES';
}

/** A training state can't be read, or is of another run. */
export class ResumeError extends ThawError {
  override readonly name = 'ResumeError';
  readonly code = 'ERR_RESUME';
}

/** Something that was given as an image is none, can't be decoded, or can't be read. */
export class NotAnImageError extends ThawError {
  override readonly name = 'NotAnImageError';
  readonly code = 'ERR_NOT_AN_IMAGE';
}

/** The package that decodes images in Node isn't installed. */
export class DecoderMissingError extends ThawError {
  override readonly name = 'DecoderMissingError';
  readonly code = 'ERR_DECODER_MISSING';
}
