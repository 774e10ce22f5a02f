import { ANY, checkOptions, FLAG, type OptionRule, oneOf, TEXT } from '../options/check-options';
import type { LabelCells } from './label-cell';
import type { CellValues } from './label-value';
import type { ReadingOptions } from './read-text';
import type { ProblemRule } from './row-problems';
import type { SplitColumn } from './split-column';

/** One column of names of labels. */
export interface NamedLabels extends LabelCells {
  readonly column: string;
  /**
   * The text after which a cell has the label, if the image's name stands before it (`'_'` for RSNA's `ID_1_epidural`). Of several
   * places the last one counts. The image's column is then this one, and `confidence` mostly the other.
   */
  readonly after?: string;
  /** Whether names are in all cells from the column on, which is the last of the header (Google's AutoML). Default false. */
  readonly toEnd?: boolean;
  /**
   * A column of how sure each name is, from 0 to 1, in a table with a row per image and label (Open Images): a label is positive
   * from `atLeast` on, negative below, and unknown if no row names it. Rows of one image are joined.
   */
  readonly confidence?: string;
  /** The least sureness of a positive label, from 0 to 1. Default 0.5. */
  readonly atLeast?: number;
}

/** The columns with the labels of a table. */
export type LabelColumns =
  /** One column per label; `values` says what the cells mean. */
  | readonly string[]
  /** One column of names: a list, a text with a delimiter, a list or JSON literal, class numbers or multi-hot vectors. */
  | NamedLabels;

/** A row as its cells by column. */
export type TableRow = Readonly<Record<string, unknown>>;

/** The meaning of a table's columns. Columns are given by their names in the header. */
export interface TableColumns {
  /** The image's path, file name or URL; default the first column with a name (pandas' index has none). */
  readonly image?: string;
  /** The labels. Default: every column without another meaning is a label. */
  readonly labels?: LabelColumns;
  /**
   * The meaning of the cells in columns of labels: `'zero-one'`, `'plus-minus'`, `'chexpert'`, or lists of cells. Default: 1, true and
   * yes; 0 or −1, false and no; and unknown where empty, ?, NaN, NA, null or none. A table with both −1 and 0 needs it.
   */
  readonly values?: CellValues;
  /** The row's name; default that of its image. */
  readonly id?: string;
  /** The row's group, which must not be on both sides of a split: a column, or a function of the row. */
  readonly group?: string | ((row: TableRow) => string | number);
  /** The official part: a column of train, validation (val, valid, dev) and test, of 0/1/2, or a flag such as `is_valid`. */
  readonly split?: string | SplitColumn;
  /** How to treat a repeated id: as an error (default), or keep its first row, its last one, or all of their labels. */
  readonly repeated?: 'error' | 'first' | 'last' | 'union';
  /**
   * How to treat a row that is invalid, or whose image is missing: as an error (default), or the row is left out
   * and listed in the data set's `problems`. A function is called for each, and leaves it out unless it returns `'error'`.
   */
  readonly onProblem?: ProblemRule;
}

/** The places of a table's images. */
export interface ImagePlaces {
  /**
   * The folder, or the URL of one, that paths are relative to and stay inside, or several folders; default the folder of the
   * table. Names without extension, in other case, with back slashes, in sub-folders or with a prefix that is not there are found.
   */
  readonly root?: string | URL | readonly (string | URL)[];
  /** The images themselves, as a page gets them from an input or a drop. */
  readonly files?: Iterable<File>;
  /** Gives the path or URL of the image with a name. For undefined, the image is searched as usual. */
  readonly findImage?: (name: string) => string | URL | undefined;
  /** `'allow'` takes images outside the folders too, by `..`, by absolute paths or by symbolic links. Default `'refuse'`. */
  readonly outside?: 'refuse' | 'allow';
  /** `'ignore'` opens the labels alone. */
  readonly images?: 'ignore';
}

/** A list of texts. */
export const TEXTS: OptionRule = { accepts: isTexts, expected: 'a list of texts' };

const NAMED = {
  column: TEXT,
  after: TEXT,
  toEnd: FLAG,
  delimiter: TEXT,
  names: TEXTS,
  form: oneOf('names', 'numbers', 'multi-hot'),
  empty: oneOf('none', 'unknown'),
  missing: oneOf('none', 'unknown', 'label'),
  confidence: TEXT,
  atLeast: { accepts: (value: unknown) => typeof value === 'number', expected: 'a number from 0 to 1' },
};

/** The options of every table. */
export const TABLE_OPTIONS = {
  image: TEXT,
  labels: {
    accepts: (value: unknown) =>
      isTexts(value) || (typeof value === 'object' && value !== null && 'column' in value),
    expected: 'a list of columns, or { column }',
  },
  values: ANY,
  id: TEXT,
  group: {
    accepts: (value: unknown) => typeof value === 'string' || typeof value === 'function',
    expected: 'a column, or a function of the row',
  },
  split: {
    accepts: (value: unknown) => typeof value === 'string' || (typeof value === 'object' && value !== null),
    expected: 'a column, or { column, train, validation, test }',
  },
  repeated: oneOf('error', 'first', 'last', 'union'),
  onProblem: {
    accepts: (value: unknown) => value === 'error' || value === 'skip' || typeof value === 'function',
    expected: "'error', 'skip' or a function",
  },
};

/** The options of where images lie. */
export const PLACE_OPTIONS = {
  root: ANY,
  files: ANY,
  findImage: { accepts: (value: unknown) => typeof value === 'function', expected: 'a function of a name' },
  outside: oneOf('refuse', 'allow'),
  images: oneOf('ignore'),
};

/** The options of every file of text. */
export const READING_OPTIONS: Readonly<Record<keyof ReadingOptions, typeof ANY>> = {
  encoding: TEXT,
  limits: ANY,
};

/**
 * Checks the options within `labels` and `split`.
 *
 * @throws {DatasetOptionError} one is misspelt
 */
export function checkTableColumns(caller: string, { labels, split }: TableColumns): void {
  if (labels && 'column' in labels) checkOptions(`${caller}: labels`, labels, NAMED);
  if (typeof split === 'object') {
    const cells = { accepts: Array.isArray, expected: 'a list of cells' };
    checkOptions(`${caller}: split`, split, { column: TEXT, train: cells, validation: cells, test: cells });
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}
