/**
 * Base of every error that `@thawjs/core` throws on purpose: `code` is stable, the message says what was
 * expected, what came, and what to do.
 */
export abstract class ThawError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An option has a value that it can't have. */
export class OptionError extends ThawError {
  readonly code = 'ERR_OPTION';
}

/** The backend, the processor or the model can't compute in the precision that was asked for. */
export class PrecisionError extends ThawError {
  readonly code = 'ERR_PRECISION';
}

/** A selection of layers names something that the model doesn't have, or selects nothing. */
export class SelectionError extends ThawError {
  readonly code = 'ERR_SELECTION';
}

/** Data and model have different labels, or a batch doesn't match its description or the model's input. */
export class DataMismatchError extends ThawError {
  readonly code = 'ERR_DATA_MISMATCH';
}

/** The backend lacks a kernel that the requested training needs. */
export class KernelMissingError extends ThawError {
  readonly code = 'ERR_KERNEL_MISSING';
}

/** Training produced NaN or infinity. The weights are as they were before the step. */
export class DivergedError extends ThawError {
  readonly code = 'ERR_DIVERGED';
}

/** A saved model can't be read or written: it is absent, damaged or of another kind, or the place can't be written. */
export class SavedModelError extends ThawError {
  readonly code = 'ERR_SAVED_MODEL';
}

/** A model can't be exported: the format can't hold it, or the folder can't be written. */
export class ExportError extends ThawError {
  readonly code = 'ERR_EXPORT';
}

/** The folder of kept features can't be read or written. */
export class FeatureCacheError extends ThawError {
  readonly code = 'ERR_FEATURE_CACHE';
}

/** Images or frozen weights have changed since features were computed from them. */
export class StaleFeaturesError extends ThawError {
  readonly code = 'ERR_STALE_FEATURES';
}

/** The sizes of an operation's inputs don't fit each other. */
export class OperationSizesError extends ThawError {
  readonly code = 'ERR_OPERATION_SIZES';
}

/** A training state can't be read, or is of another run. */
export class ResumeError extends ThawError {
  readonly code = 'ERR_RESUME';
}
