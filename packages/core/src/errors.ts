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

/** Data and model don't speak of the same labels, or a batch isn't shaped as it says. */
export class DataMismatchError extends ThawError {
  readonly code = 'ERR_DATA_MISMATCH';
}

/** The backend lacks a kernel that the requested training needs. */
export class KernelMissingError extends ThawError {
  readonly code = 'ERR_KERNEL_MISSING';
}

/** Training produced NaN or infinity. */
export class DivergedError extends ThawError {
  readonly code = 'ERR_DIVERGED';
}

/** A saved model can't be read: absent, cut short, or of another kind. */
export class SavedModelError extends ThawError {
  readonly code = 'ERR_SAVED_MODEL';
}

/** A model can't be exported: of a kind that the format can't hold, or the folder can't be written. */
export class ExportError extends ThawError {
  readonly code = 'ERR_EXPORT';
}

/** The folder of kept features can't be read or written. */
export class FeatureCacheError extends ThawError {
  readonly code = 'ERR_FEATURE_CACHE';
}

/** What kept features were computed from has changed since. */
export class StaleFeaturesError extends ThawError {
  readonly code = 'ERR_STALE_FEATURES';
}

/** The sizes of the arrays that an operation of a program is given don't fit each other. */
export class OperationSizesError extends ThawError {
  readonly code = 'ERR_OPERATION_SIZES';
}

/** A training state can't be read, or is of another run. */
export class ResumeError extends ThawError {
  readonly code = 'ERR_RESUME';
}
