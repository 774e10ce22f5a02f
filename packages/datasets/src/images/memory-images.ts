import type { ImageSource } from './image-source';

/**
 * Images that are in memory already, encoded: image i is `files[i]`.
 *
 * @example
 * ```ts
 * import { memoryImages } from '@thawjs/datasets';
 *
 * const images = memoryImages([new Uint8Array([0xff, 0xd8])]);
 * console.log((await images.read(0)).length); // 2
 * ```
 */
export function memoryImages(files: readonly Uint8Array[]): ImageSource {
  return {
    read: async (index) => files[index],
    locate: (index) => `memory, image ${index}`,
  };
}
