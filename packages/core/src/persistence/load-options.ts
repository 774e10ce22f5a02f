import type { TransferOptions } from '../weights/transfer';

/** How a model is loaded. The limits on size and time are those of a download; they count for each file. */
export interface LoadOptions extends TransferOptions {
  /**
   * Whether a folder's files may be symbolic links to files outside the folder, as in caches that share files; default false:
   * a model that comes from elsewhere reads nothing but its own folder. Names with `..` are refused either way.
   */
  readonly followLinks?: boolean;
}
