import { nodeModules } from '../platform/node-modules';
import type { ImageSource } from './image-source';

/**
 * Images that are files: image i is `paths[i]`.
 *
 * @param paths file paths, absolute or relative to the working directory; none is touched before it is read
 *
 * @example
 * ```ts
 * import { fileImages } from '@thawjs/datasets';
 *
 * const images = fileImages(['photos/a.jpg', 'photos/b.jpg']);
 * console.log(images.locate(1)); // photos/b.jpg
 * ```
 */
export function fileImages(paths: readonly string[]): ImageSource {
  return {
    read: async (index) => nodeModules()!.fs.readFile(paths[index]),
    path: (index) => paths[index],
    locate: (index) => paths[index],
  };
}
