import type { ImageSource } from './image-source';

/**
 * Images that are `Blob`s or `File`s, as a page gets them from a file input or a drop; Node has both as well.
 *
 * @example
 * ```ts
 * import { blobImages } from '@thawjs/datasets';
 *
 * const images = blobImages([new File([new Uint8Array([0xff, 0xd8])], 'face.jpg')]);
 * console.log((await images.read(0)).length, images.locate(0)); // 2 face.jpg
 * ```
 */
export function blobImages(files: readonly Blob[]): ImageSource {
  return {
    read: async (index) => new Uint8Array(await files[index].arrayBuffer()),
    locate: (index) => {
      const file = files[index];
      return 'name' in file ? String(file.name) : `blob ${index}`;
    },
  };
}
