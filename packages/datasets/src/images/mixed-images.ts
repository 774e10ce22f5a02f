import { blobImages } from './blob-images';
import { fileImages } from './file-images';
import type { ImageSource } from './image-source';
import { urlImages } from './url-images';

/** The place of an image: a path, a URL, or a `Blob` or `File` in a page. */
export type ImagePlace = string | URL | Blob;

/** Images in places of different kinds: image i is at `places[i]`. */
export function mixedImages(places: readonly ImagePlace[]): ImageSource {
  if (places.every((place) => typeof place === 'string')) return fileImages(places);
  if (places.every((place) => place instanceof URL)) return urlImages(places);
  if (places.every((place) => place instanceof Blob)) return blobImages(places);
  const sources = places.map((place) =>
    typeof place === 'string'
      ? fileImages([place])
      : place instanceof URL
        ? urlImages([place])
        : blobImages([place]),
  );
  return {
    read: (index) => sources[index].read(0),
    path: (index) => sources[index].path?.(0),
    locate: (index) => sources[index].locate(0),
  };
}
