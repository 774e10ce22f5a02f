import type { SplitName } from '../records/dataset-records';

/** A file whose cells are read by column, such as parquet and Arrow. */
export interface ColumnFile {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** What Hugging Face's `datasets` says of the columns, as JSON. */
  readonly description: string | undefined;
  /** The first row of each group of rows that are read together, and the number of rows as the last. */
  readonly groupStarts: readonly number[];
  /** The cells of a column in a range of rows; of a struct with `bytes`, a file may give those alone. */
  readonly read: (column: string, rowStart?: number, rowEnd?: number) => Promise<unknown[]>;
  /** Makes a function that reads the bytes in one row of a column; absent if rows can't be read one by one. */
  readonly bytesIn?: (column: string) => (row: number) => Promise<Uint8Array>;
}

/** A file among others whose rows make one data set. */
export interface ColumnFilePlace {
  readonly file: ColumnFile;
  /** The ids of its rows are this and a number. */
  readonly prefix: string;
  /** The number of the first row. */
  readonly first: number;
  readonly part?: SplitName;
}
