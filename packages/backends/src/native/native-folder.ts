/** The release of tfjs-node whose backend is used: the last one. */
export const TFJS_NODE_VERSION = '4.22.0';

/** `hashOfFiles` of what is used of that release: what is fetched or copied must have it. */
export const TFJS_NODE_SHA256 = 'bf5a9c706d545fa2a11e1d4279af9f1c925e20591772d73d4b24afd829c42a42';

/** The TensorFlow that the addon is compiled against. */
export const TENSORFLOW_VERSION = '2.21.0';

/** The version of Node's stable C interface that the addon is compiled for; every supported Node has it. */
export const NAPI_VERSION = 8;

/** Raised whenever the same inputs make another folder: other flags, other sources of ours, another layout. */
const RECIPE = 1;

/**
 * The folder of the cache that holds the native backend for this machine: `<cache>/native/…`. Its name says all that
 * it depends on, so that a newer Thaw, another platform or another TensorFlow never meets a folder made for others.
 *
 * @param variant `'cuda'` for the one that computes on GPUs
 */
export function nativeFolder(cache: string, variant?: 'cuda'): string {
  const { join } = process.getBuiltinModule('node:path');
  const parts = [
    `tfjs-node-${TFJS_NODE_VERSION}-${TFJS_NODE_SHA256.slice(0, 12)}`,
    `tensorflow-${TENSORFLOW_VERSION}`,
    `napi${NAPI_VERSION}`,
    `${process.platform}-${process.arch}`,
    `${RECIPE}`,
    ...(variant ? [variant] : []),
  ];
  return join(cache, 'native', parts.join('-'));
}
