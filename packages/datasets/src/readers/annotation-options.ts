import { checkOptions, type OptionRule, oneOf } from '../options/check-options';
import type { ReadingOptions } from './read-text';
import type { ProblemRule } from './row-problems';
import type { ImagePlaces } from './table-options';
import { PLACE_OPTIONS, READING_OPTIONS, TABLE_OPTIONS } from './table-options';

/** How annotations of a tool are opened. */
export interface AnnotationOptions extends ReadingOptions {
  /** All labels, in order. Default: the labels that the annotations declare, or else name. */
  readonly labels?: readonly string[];
  /** How to treat missing images: as an error (default), or their rows are left out and listed in `problems`. */
  readonly onProblem?: ProblemRule;
  /** `'ignore'` opens the labels alone. */
  readonly images?: 'ignore';
}

/** How a folder of annotations and images is opened. */
export interface AnnotationFolderOptions extends AnnotationOptions {
  /** `'allow'` follows symbolic links that lead out of the folder. Default `'refuse'`. */
  readonly outside?: 'refuse' | 'allow';
}

/** How one file of annotations is opened, whose images lie elsewhere. */
export interface AnnotationFileOptions extends AnnotationOptions, ImagePlaces {}

const OPTIONS = {
  ...READING_OPTIONS,
  labels: {
    accepts: (value: unknown) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
    expected: 'a list of names',
  },
  onProblem: TABLE_OPTIONS.onProblem,
  images: oneOf('ignore'),
};

/**
 * Checks the options of a folder of annotations.
 *
 * @throws {DatasetOptionError} one is misspelt
 */
export function checkFolderOptions(caller: string, options: AnnotationFolderOptions): void {
  checkOptions(caller, options, { ...OPTIONS, outside: oneOf('refuse', 'allow') });
}

/**
 * Checks the options of a file of annotations.
 *
 * @param more the rules of options that only one reader has
 * @throws {DatasetOptionError} one is misspelt
 */
export function checkFileOptions<Options extends AnnotationFileOptions>(
  caller: string,
  options: Options,
  more: Readonly<Record<string, OptionRule>> = {},
): void {
  checkOptions(caller, options, { ...PLACE_OPTIONS, ...OPTIONS, ...more });
}
