import { fileImages, ImageDataset } from '../../packages/datasets/src/index';

/** The files as a dataset, plain and with the peer's augmentation. Half of the files have the single label. */
export function datasetOf(paths: readonly string[]): { plain: ImageDataset; augmented: ImageDataset } {
  const plain = new ImageDataset({
    ids: paths.map((path, row) => `${row} ${path}`),
    labels: ['Odd'],
    y: Uint8Array.from(paths, (_, row) => row % 2),
    images: fileImages(paths),
  });
  return { plain, augmented: plain.augment({ flip: true, rotation: 0.03, zoom: 0.1 }) };
}
