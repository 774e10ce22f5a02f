import type { Augmentation } from '../augmentation/augmentation';
import type { Resize } from '../batches/resize';
import type { Framing } from '../framing/framing';
import type { ImageSource } from '../images/image-source';
import type { SubsetBalance } from '../subsets/subset-balance';

/** The parts of a split. */
export type SplitName = 'train' | 'validation' | 'test';

/** The columns of a dataset. Every column has one entry per row. */
export interface DatasetRecords {
  /** A name per row: the file name, mostly. */
  readonly ids: readonly string[];
  /** The names of the labels, in the order of `y`'s columns. */
  readonly labels: readonly string[];
  /** 0/1, rows × labels, row-major. */
  readonly y: Uint8Array;
  /** 1 where a label is known, 0 where it isn't (`y` is 0 there), in the layout of `y`; left out if all are known. */
  readonly known?: Uint8Array;
  /** The group of each row, which must not be on both sides of a split: a person, a patient, a film. */
  readonly groups?: Int32Array | readonly string[];
  /** The name of the groups, such as `'identity'`. `split({ by })` takes this name, too. */
  readonly groupName?: string;
  /** The part that the data's authors put each row in. */
  readonly splits?: readonly SplitName[];
  /** The source of the images. Without it, the dataset has only labels. */
  readonly images?: ImageSource;
  /** The number of each row's image in `images`; row i has image i if this is left out. */
  readonly imageIndices?: Int32Array;
  /** Points of each row's image, x and y one after another, in pixels after EXIF orientation; as many a row. */
  readonly landmarks?: Float32Array;
  /** Which part of the images batches show. */
  readonly framing?: Framing;
  /** How batches resize the images; `'tensorflow'` if this is left out. */
  readonly resize?: Resize;
  /** How batches vary the images. */
  readonly augmentation?: Augmentation;
  /** The rows of the file that were left out, if its reader was told to skip problems. */
  readonly problems?: readonly RowProblem[];
  /** How well these rows are balanced, if `balanced` chose them. */
  readonly subset?: SubsetBalance;
}

/** A row of a file that was invalid, and was left out. */
export interface RowProblem {
  /** The file, and where in it the row is. */
  readonly where: string;
  /** The expected and the received value. */
  readonly message: string;
}
