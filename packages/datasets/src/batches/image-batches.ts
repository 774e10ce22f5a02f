import { randomTransform } from '../augmentation/random-transform';
import { transformMap } from '../augmentation/transform-map';
import { decodeConcurrency } from '../images/decode-image';
import type { ImageSource } from '../images/image-source';
import { readImage } from '../images/read-image';
import { resizeBilinear } from '../images/resize-bilinear';
import { warpBilinear } from '../images/warp-bilinear';
import { hashText } from '../random/hash-text';
import { randomGenerator } from '../random/random-generator';
import { shuffledRows } from '../random/shuffled-rows';
import type { DatasetRecords } from '../records/dataset-records';
import type { BatchOptions } from './batch-options';
import type { ImageBatch } from './image-batch';
import { limited } from './limited';
import { prefetched } from './prefetched';

/** One pass over the images of the records, as batches made ahead of their use. */
export function imageBatches(
  { ids, labels, y, imageIndices, augmentation }: DatasetRecords,
  images: ImageSource,
  { size, batchSize, shuffle = false, seed = 0, epoch = 0, prefetch = 2, signal }: BatchOptions,
): AsyncGenerator<ImageBatch, void, undefined> {
  const [height, width] = size;
  const rowCount = ids.length;
  const order = shuffle
    ? shuffledRows(rowCount, randomGenerator(seed, epoch, hashText('order')))
    : Int32Array.from({ length: rowCount }, (_, row) => row);
  const gate = limited(decodeConcurrency());

  const draw = async (row: number, out: Uint8Array): Promise<void> => {
    const id = ids[row]!;
    const image = await readImage(images, imageIndices?.[row] ?? row, id);
    if (augmentation) {
      const map = transformMap(randomTransform(augmentation, { seed, epoch, id }), { width, height });
      warpBilinear(image, map, size, out);
    } else {
      resizeBilinear(image, size, out);
    }
  };

  const makeBatch = async (index: number, stop: AbortSignal): Promise<ImageBatch> => {
    const rows = order.slice(index * batchSize, (index + 1) * batchSize);
    const bytes = height * width * 3;
    const pixels = new Uint8Array(rows.length * bytes);
    const failed = new AbortController();
    const drawn = Array.from(rows, (row, i) =>
      gate(async () => {
        stop.throwIfAborted();
        failed.signal.throwIfAborted();
        await draw(row, pixels.subarray(i * bytes, (i + 1) * bytes));
      }).catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    );
    await Promise.allSettled(drawn);
    await Promise.all(drawn);
    const batchY = new Uint8Array(rows.length * labels.length);
    rows.forEach((row, i) => {
      batchY.set(y.subarray(row * labels.length, (row + 1) * labels.length), i * labels.length);
    });
    return { rows, pixels, shape: [rows.length, height, width, 3], y: batchY };
  };

  return prefetched(Math.ceil(rowCount / batchSize), prefetch, makeBatch, signal);
}
