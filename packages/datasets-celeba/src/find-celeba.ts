import { basename, dirname, join } from 'node:path';
import { CelebANotFoundError } from './errors';
import { findLabelFiles, type LabelFiles, type Place } from './files/find-label-files';
import { folderNames, folderPlace, kindOf } from './files/folder';
import { folderImages } from './images/folder-images';
import type { ImageFiles } from './images/image-files';
import { openZip } from './zip/open-zip';

const IMAGES = 'img_align_celeba';

/** What was found where the path points; images are not looked for where they are not wanted. */
export interface FoundCelebA {
  readonly files: LabelFiles;
  readonly images: ImageFiles | undefined;
}

/**
 * Finds the label files and the images of a CelebA folder or zip.
 *
 * Folders: the images in `img_align_celeba/`, there once more (Kaggle nests it), flat, in `Img/` (the official
 * drive's layout), or in `img_align_celeba.zip`; the label files beside them, or in `Anno/` and `Eval/`. A zip: the
 * label files in it or beside it.
 *
 * @throws {CelebANotFoundError} nothing lies at the path
 */
export async function findCelebA(path: string, wantImages: boolean): Promise<FoundCelebA> {
  const kind = await kindOf(path);
  if (!kind) {
    throw new CelebANotFoundError(
      `CelebA.open: there is nothing at ${path}. Give the folder that holds list_attr_celeba.txt, or img_align_celeba.zip itself.`,
    );
  }
  if (kind === 'folder') {
    const inImages = [IMAGES, 'Img'].includes(basename(path));
    return {
      files: findLabelFiles(await places(path, inImages ? dirname(path) : undefined)),
      images: wantImages ? await imagesOfFolder(path) : undefined,
    };
  }
  const zip = await openZip(path);
  const inside: Place = (name) => {
    const read = zip.file(name);
    return read && { name, read };
  };
  const beside = dirname(path);
  const above = basename(beside) === 'Img' ? dirname(beside) : undefined;
  return {
    files: findLabelFiles([inside, ...(await places(beside, above))]),
    images: wantImages ? zip.images : undefined,
  };
}

/** The folders to look for label files in, nearest first. */
function places(...folders: (string | undefined)[]): Promise<Place[]> {
  const paths = folders.flatMap((folder) =>
    folder ? [folder, join(folder, 'Anno'), join(folder, 'Eval')] : [],
  );
  return Promise.all(paths.map(folderPlace));
}

async function imagesOfFolder(path: string): Promise<ImageFiles | undefined> {
  const holders = [path, join(path, 'Img')];
  for (const holder of holders) {
    for (const folder of [join(holder, IMAGES), join(holder, IMAGES, IMAGES)]) {
      const images = await folderImages(folder);
      if (images) return images;
    }
    if ((await folderNames(holder)).includes(`${IMAGES}.zip`)) {
      const { images } = await openZip(join(holder, `${IMAGES}.zip`));
      if (images) return images;
    }
  }
  return folderImages(path);
}
