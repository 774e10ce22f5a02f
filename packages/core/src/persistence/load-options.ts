import type { GraphModelLike } from '../backbones/graph-model';
import type { ClassifierParts } from '../prediction/classifier-parts';
import type { TransferOptions } from '../weights/transfer';

/** Options of `load`. The limits on size and time are those of a download, and hold per file. */
export interface LoadOptions extends TransferOptions {
  /**
   * Whether files of the folder may be symbolic links to files outside the folder, as in caches that share files. Default
   * false, so that a model from an untrusted source can't make `load` read other files. Names with `..` are always refused.
   */
  readonly followLinks?: boolean;
  /** The graph model of a classifier that stands on one; `save` doesn't store it. */
  readonly graphModel?: GraphModelLike;
  /**
   * For a network that was saved without Thaw's labels, as Keras saves a `.keras` file: the classifier whose labels,
   * thresholds, preprocessing, stages and modes of BatchNormalization it gets. Layers are frozen as their flags say.
   */
  readonly like?: ClassifierParts;
}
