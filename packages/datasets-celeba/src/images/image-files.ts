import type { ImageSource } from '@thawjs/datasets';

/** Images found, by file name, in a folder or a zip. */
export interface ImageFiles {
  /** Their place, for error messages. */
  readonly where: string;
  /** Whether they are in a zip. */
  readonly zip: boolean;
  /** Whether they are the aligned ones, not those in the wild. */
  readonly aligned: boolean;
  /** Whether there is an image of this file name. */
  readonly has: (name: string) => boolean;
  /** Images by number: image i is `names[i]`. */
  readonly source: (names: readonly string[]) => ImageSource;
}

/** Whether a file name is an image's. */
export function isImageName(name: string): boolean {
  return /\.(?:jpe?g|png)$/i.test(name);
}

/** Whether a folder or a zip is that of the images in the wild, by its name. */
export function isWild(name: string): boolean {
  return /(?:^|\/)img_celeba(?:[./]|$)/.test(name);
}
