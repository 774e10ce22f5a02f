import { DatasetFileError } from '../errors';
import type { Limits } from '../limits/limits';
import { checkNesting } from './check-nesting';
import { type ReadingOptions, readText, sourceName, type TextSource } from './read-text';

/**
 * Reads a file of JSON.
 *
 * @throws {DatasetFileError} it can't be read, or isn't JSON
 * @throws {LimitExceededError} it is nested deeper than `limits.depth`, or has more bytes than `limits.inflatedBytes`
 */
export async function readJson(
  caller: string,
  source: TextSource,
  expected: string,
  options: ReadingOptions & { readonly limits: Required<Limits> },
): Promise<unknown> {
  const text = await readText(caller, source, expected, options);
  checkNesting(text, options.limits, `${caller}: ${sourceName(source)}`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DatasetFileError(
      `${caller}: ${sourceName(source)}: expected JSON (${(error as Error).message.slice(0, 120)}). Correct the file.`,
      { cause: error },
    );
  }
}
