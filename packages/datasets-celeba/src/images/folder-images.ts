import { basename, join } from 'node:path';
import { fileImages } from '@thawjs/datasets';
import { folderNames } from '../files/folder';
import { type ImageFiles, isImageName, isWild } from './image-files';

/** The images directly in a folder; undefined if there are none. Names are listed, no file is opened. */
export async function folderImages(path: string): Promise<ImageFiles | undefined> {
  const names = new Set((await folderNames(path)).filter(isImageName));
  if (names.size === 0) return undefined;
  return {
    where: path,
    zip: false,
    aligned: !isWild(basename(path)),
    has: (name) => names.has(name),
    source: (chosen) => fileImages(chosen.map((name) => join(path, name))),
  };
}
