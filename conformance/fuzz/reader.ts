/** A reader of files for the fuzzer. */
export interface Reader {
  readonly name: string;
  /** Writes a whole sample into an empty folder. */
  sample(folder: string): Promise<void>;
  /** Reads the sample, and describes what was read in a text, which is the same for the same data. */
  read(folder: string): Promise<string>;
  /** The files to change; default all. */
  readonly changed?: RegExp;
  /** The share of seeds that this reader gets, lower for a slow reader; default 1. */
  readonly share?: number;
  /** The files that a checksum covers. If other data is read from a changed file, the reader has missed the change. */
  readonly checked?: RegExp;
}
