/** A reader of files, as the fuzzing knows it. */
export interface Reader {
  readonly name: string;
  /** Writes a whole sample into an empty folder. */
  sample(folder: string): Promise<void>;
  /** Reads it, and says in a text what was read: the same text for the same data. */
  read(folder: string): Promise<string>;
  /** The files that are changed; by default all. */
  readonly changed?: RegExp;
  /** The part of the files that others are changed into, for a reader that takes long; default 1. */
  readonly share?: number;
  /** Files whose content a checksum covers: whatever else was read of them has gone through unseen. */
  readonly checked?: RegExp;
}
