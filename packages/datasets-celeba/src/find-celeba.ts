import { basename, dirname, join } from 'node:path';
import { CelebANotFoundError } from './errors';
import { findLabelFiles, type LabelFiles, type Place } from './files/find-label-files';
import { folderNames, folderPlace, kindOf } from './files/folder';
import { folderImages } from './images/folder-images';
import type { ImageFiles } from './images/image-files';
import { openZip } from './zip/open-zip';

/** Folders of images, and zips of these names; the first that is there counts. */
const IMAGES = ['img_align_celeba', 'img_align_celeba_png', 'img_celeba'];

/** What was found where the path points; images are not looked for where they are not wanted. */
export interface FoundCelebA {
  readonly files: LabelFiles;
  readonly images: ImageFiles | undefined;
  /** Parquet files, as on Hugging Face, in order; looked for where there is no label file. */
  readonly parquet: readonly string[];
}

/**
 * Finds the label files and the images of a CelebA folder or zip.
 *
 * Folders: the images in `img_align_celeba/`, there once more (Kaggle nests it), flat, in `Img/` (the official
 * drive's layout), or in `img_align_celeba.zip`, or as `img_align_celeba_png` or in the wild as `img_celeba`; the label files beside them, or in `Anno/` and `Eval/`. A zip: the
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
  if (path.endsWith('.parquet') && kind === 'file')
    return { files: findLabelFiles([]), images: undefined, parquet: [path] };
  if (kind === 'folder') {
    const inImages = [...IMAGES, 'Img'].includes(basename(path));
    const files = findLabelFiles(await places(path, inImages ? dirname(path) : undefined));
    const parquet = files.attributes ? [] : await parquetFiles(path);
    const images = wantImages && parquet.length === 0 ? await imagesOfFolder(path) : undefined;
    return { files, images, parquet };
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
    parquet: [],
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
    const names = await folderNames(holder);
    for (const name of IMAGES) {
      for (const folder of [join(holder, name), join(holder, name, name)]) {
        const images = await folderImages(folder);
        if (images) return images;
      }
      if (names.includes(`${name}.zip`)) {
        const { images } = await openZip(join(holder, `${name}.zip`));
        if (images) return images;
      }
    }
  }
  return folderImages(path);
}

async function parquetFiles(path: string): Promise<string[]> {
  for (const folder of [path, join(path, 'data')]) {
    const names = (await folderNames(folder)).filter((name) => name.endsWith('.parquet')).sort();
    if (names.length > 0) return names.map((name) => join(folder, name));
  }
  return [];
}
