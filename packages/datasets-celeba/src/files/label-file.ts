/** A text file of the data set, found but not read yet. */
export interface LabelFile {
  /** Its name, as `list_attr_celeba.txt.gz`. */
  readonly name: string;
  /** Its bytes, as they lie there. */
  readonly read: () => Promise<Uint8Array>;
}
