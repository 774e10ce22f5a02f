/** A place for the files of a run: a folder under Node, or a part of a browser's database. */
export interface FileStore {
  /** The place of a file or of a part of the store, as `save` and `openStore` take it. */
  at(name: string): string;
  /** Whether there is a file of a name. */
  has(name: string): Promise<boolean>;
  /** The content of a file; undefined if there is none. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Writes a file atomically: readers find the old content or the new one, even after a crash. */
  write(name: string, content: Uint8Array | string): Promise<void>;
}
