/** The function that the package sharp exports. */
export type Sharp = typeof import('sharp').default;

/**
 * Sets up sharp for decoding many small images.
 *
 * They decode at once on libuv's threads, so threads within one image only get in the way, and a cache of operations holds
 * memory for images that are not asked for twice in a row.
 */
export function setUpSharp(sharp: Sharp): Sharp {
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}
