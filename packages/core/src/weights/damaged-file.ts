import { ThawError } from '@thawjs/errors';
import { WeightsFileError } from './errors';

/** Runs a part of reading a file. Errors that a library throws on damaged bytes become a WeightsFileError. */
export function readingFile<Result>(source: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ThawError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    // HDF5's message is its whole stack of errors, with the innermost error last.
    const reason = message.startsWith('HDF5-DIAG')
      ? message
          .trim()
          .split(/minor: |\n/)
          .at(-1)
      : message;
    throw new WeightsFileError(
      `${source}: the file can't be read; it is cut short or damaged (${reason}). Download or save it again.`,
      { cause },
    );
  }
}
