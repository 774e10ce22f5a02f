import type { ImageSource } from '@thawjs/datasets';

/** Images found, by file name, in a folder or a zip. */
export interface ImageFiles {
  /** Where they are, for messages. */
  readonly where: string;
  /** Whether there is an image of this file name. */
  readonly has: (name: string) => boolean;
  /** Images by number, number i being `names[i]`. */
  readonly source: (names: readonly string[]) => ImageSource;
}

/** Whether a file name is an image's. */
export function isImageName(name: string): boolean {
  return /\.(?:jpe?g|png)$/i.test(name);
}
