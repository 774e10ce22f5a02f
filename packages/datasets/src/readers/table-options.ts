/** Where the labels of a table are. */
export type LabelColumns =
  /** A column a label: 1, true, yes; 0, −1, false, no; unknown where empty, ?, NaN, NA, null or none. */
  | readonly string[]
  /** One column of names, as a list or as one text with a delimiter. */
  | {
      readonly column: string;
      /** What stands between the names of a text; default `'|'`. */
      readonly delimiter?: string;
      /** All labels there are, in order; default those of the column, sorted. In a column of numbers: what each number names. */
      readonly names?: readonly string[];
    };

/** Which column of a table is what; a column is named by its header. */
export interface TableColumns {
  /** The image's path, file name or URL; default the first column with a name (pandas' index has none). */
  readonly image?: string;
  /** The labels; default a column a label, all that are nothing else. */
  readonly labels?: LabelColumns;
  /** The row's name; default that of its image. */
  readonly id?: string;
  /** What must not be on both sides of a split. */
  readonly group?: string;
  /** The official part: train, validation (val, valid, dev) or test. */
  readonly split?: string;
}

/** Where a table's images lie. */
export interface ImagePlaces {
  /** The folder, or the URL of one, that paths are relative to and stay inside; default the folder of the table. */
  readonly root?: string | URL;
  /** The images themselves, as a page gets them from an input or a drop; found by relative path, else by file name. */
  readonly files?: Iterable<File>;
  /** `'ignore'` opens the labels alone. */
  readonly images?: 'ignore';
}
