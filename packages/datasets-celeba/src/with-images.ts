import { type DatasetRecords, type Limits, MissingImagesError } from '@thawjs/datasets';
import type { ImageFiles } from './images/image-files';

/** Records with images, of which some rows may have none yet. */
export interface RecordsWithImages {
  readonly records: DatasetRecords;
  /** The rows whose images are there; undefined if all images are. */
  readonly there: readonly number[] | undefined;
}

/**
 * The records with their images.
 *
 * @throws {MissingImagesError} images are missing and not to be skipped, or all are
 */
export function withImages(
  records: DatasetRecords,
  images: ImageFiles,
  {
    skip,
    labelFile,
    limits,
  }: { readonly skip: boolean; readonly labelFile: string; readonly limits: Limits | undefined },
): RecordsWithImages {
  // the aligned PNGs (img_align_celeba_png) keep the label file's .jpg ids
  const nameOf = (id: string): string | undefined => {
    if (images.has(id)) return id;
    const png = `${id.slice(0, id.lastIndexOf('.'))}.png`;
    return images.has(png) ? png : undefined;
  };
  const names = records.ids.map(nameOf);
  const missing = records.ids.filter((_, row) => names[row] === undefined);
  const there = records.ids.length - missing.length;
  if (missing.length > 0 && (!skip || there === 0)) {
    const count = (n: number) => n.toLocaleString('en-US');
    const what = there === 0 ? 'all' : `${count(missing.length)} of the ${count(records.ids.length)}`;
    const remedy = there === 0 ? '' : ", or leave their rows out with images: 'skip'";
    throw new MissingImagesError(
      `CelebA.open: ${what} images that ${labelFile} names are missing from ${images.where}, the first ${missing.slice(0, 3).join(', ')}. ` +
        `Complete the download${remedy}.`,
    );
  }
  const found = names.filter((name) => name !== undefined);
  const source = { ...images.source(found), ...(limits && { limits }) };
  if (missing.length === 0) return { records: { ...records, images: source }, there: undefined };
  let next = 0;
  const imageIndices = Int32Array.from(names, (name) => (name === undefined ? 0 : next++));
  return {
    records: { ...records, images: source, imageIndices },
    there: [...names.keys()].filter((row) => names[row] !== undefined),
  };
}
