import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CelebANotFoundError } from './errors';
import { findLabelFiles, type LabelFiles, type Place } from './files/find-label-files';
import { folderNames, folderPlace, kindOf } from './files/folder';
import { folderImages } from './images/folder-images';
import type { ImageFiles } from './images/image-files';
import { openZip } from './zip/open-zip';

/** Folders of images, and zips of these names. The first that exists is taken. */
const IMAGES = ['img_align_celeba', 'img_align_celeba_png', 'img_celeba', 'CelebA-HQ-img'];

/** Folders that hold the data set in the folder that was given: torchvision's root, and archives' own. */
const WITHIN = ['celeba', 'CelebA', 'CelebAMask-HQ'];

/** The files found at the path. Images are only looked for if they are wanted. */
export interface FoundCelebA {
  readonly files: LabelFiles;
  readonly images: ImageFiles | undefined;
  /** Parquet files, as on Hugging Face, in order. They are only looked for if there is no label file. */
  readonly parquet: readonly string[];
}

/**
 * Finds the label files and the images of a CelebA folder or zip.
 *
 * Folders: the images in `img_align_celeba/`, there once more (Kaggle nests it), flat, in `Img/` (the official
 * drive's layout), or in `img_align_celeba.zip`, or as `img_align_celeba_png`, in the wild as `img_celeba`, or as
 * `CelebA-HQ-img`; the label files beside them, or in `Anno/` and `Eval/`; all of it in a folder `celeba` too, as torchvision
 * has it. A zip: the label files in it or beside it. A file of attributes, under any name: the others beside it.
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
  if (kind === 'folder') return findInFolder(path, wantImages);
  if (path.endsWith('.parquet')) return { files: findLabelFiles([]), images: undefined, parquet: [path] };
  if (/\.(?:txt|csv)(?:\.gz)?$/i.test(path)) {
    const found = await findInFolder(dirname(path), wantImages);
    const attributes = { name: basename(path), read: () => readFile(path) };
    return { ...found, parquet: [], files: { ...found.files, attributes } };
  }
  if (/\.(?:jsonl?|ya?ml|xml|xlsx)(?:\.gz)?$/i.test(path)) {
    throw new CelebANotFoundError(
      `CelebA.open: expected CelebA's folder, a zip of it, its attributes as .txt or .csv, or a parquet file; received ${basename(path)}. Open other label files with the readers of @thawjs/datasets.`,
    );
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

async function findInFolder(path: string, wantImages: boolean): Promise<FoundCelebA> {
  const inImages = [...IMAGES, 'Img'].includes(basename(path));
  const files = findLabelFiles(await places(path, inImages ? dirname(path) : undefined));
  if (!files.attributes) {
    const names = await folderNames(path);
    const within = WITHIN.find((name) => names.includes(name));
    if (within && (await kindOf(join(path, within))) === 'folder')
      return findInFolder(join(path, within), wantImages);
  }
  const parquet = files.attributes ? [] : await parquetFiles(path);
  const images = wantImages && parquet.length === 0 ? await imagesOfFolder(path) : undefined;
  return { files, images, parquet };
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

/** How deep parquet files lie in Hugging Face's converted tree: `default/train/0000.parquet`. */
const PARQUET_DEPTH = 3;

/** The parquet files of the nearest folder level that has some: there, in `data/`, or a folder a part. */
async function parquetFiles(path: string): Promise<string[]> {
  let folders = [path];
  for (let depth = 0; depth < PARQUET_DEPTH && folders.length > 0; depth++) {
    const listed = await Promise.all(
      folders.map(async (folder) => (await folderNames(folder)).map((name) => join(folder, name))),
    );
    const all = listed.flat().sort();
    const found = all.filter((file) => file.endsWith('.parquet'));
    if (found.length > 0) return found;
    // images lie in hundreds of thousands in their folders, and no parquet among them
    folders = all.filter((file) => !/\.[a-z]+$/i.test(file) && !IMAGES.includes(basename(file)));
  }
  return [];
}
