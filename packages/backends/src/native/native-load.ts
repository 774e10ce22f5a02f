/** The places that are searched for a native backend. */
export interface NativePlaces {
  /** The user's project, whose tfjs-node counts. Default: the working directory, then wherever this package is. */
  readonly project?: string;
  /** The cache. Default: `cacheFolder()`. */
  readonly cache?: string;
}

/** Why there is no native backend, and how to get one. */
export interface NoNative {
  readonly reason: string;
  readonly remedy: string;
}

/** TensorFlow's version if the native backend is in use, or the reason why it isn't. */
export type NativeLoad = { readonly tensorflow: string } | NoNative;
