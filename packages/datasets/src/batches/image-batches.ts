import { ImageDecodeError } from '../errors';
import type { ImageSource } from '../images/image-source';
import type { HeldImages } from '../pipeline/batch-decoder';
import { imageDrawer } from '../pipeline/image-drawer';
import { togetherDrawer } from '../pipeline/together-drawer';
import type { DatasetRecords } from '../records/dataset-records';
import { takeMatrixRows } from '../records/take-rows';
import type { BatchOptions } from './batch-options';
import { epochOrder } from './epoch-order';
import type { ImageBatch } from './image-batch';
import { prefetched } from './prefetched';

/** One pass over the images of the records, as batches made ahead of their use. */
export async function* imageBatches(
  records: DatasetRecords,
  images: ImageSource,
  options: BatchOptions,
): AsyncGenerator<ImageBatch, void, undefined> {
  const { size, batchSize, shuffle = false, seed = 0, epoch = 0, skip = 0, prefetch = 2, signal } = options;
  const { corrupt = 'stop', onCorrupt } = options;
  const rowCount = records.ids.length;
  const order = shuffle
    ? epochOrder(rowCount, { seed, epoch })
    : Int32Array.from({ length: rowCount }, (_, row) => row);
  const draw = imageDrawer(records, images, options);
  const drawTogether = togetherDrawer(records, images, options);
  const bytes = size[0] * size[1] * 3;

  const makeBatch = async (index: number, stop: AbortSignal) => {
    const rows = order.slice(index * batchSize, (index + 1) * batchSize);
    const { pixels, isDrawn } = await drawTogether(rows, stop);
    if (!(pixels instanceof Uint8Array)) return { batch: heldBatch(records, rows, pixels, size), faults: [] };
    const failed = new AbortController();
    const either = AbortSignal.any([stop, failed.signal]);
    const drawn = Array.from(rows, async (row, i) => {
      if (isDrawn[i]) return undefined;
      try {
        await draw(row, pixels.subarray(i * bytes, (i + 1) * bytes), either);
        return undefined;
      } catch (error) {
        if (corrupt === 'skip' && error instanceof ImageDecodeError) return error;
        failed.abort(error);
        throw error;
      }
    });
    await Promise.allSettled(drawn);
    const faults = await Promise.all(drawn);
    return {
      batch: packed(records, rows, pixels, size, (i) => faults[i] === undefined),
      faults: faults.filter((fault) => fault !== undefined),
    };
  };

  for await (const { batch, faults } of prefetched(
    Math.max(0, Math.ceil(rowCount / batchSize) - skip),
    prefetch,
    (index, stop) => makeBatch(skip + index, stop),
    { signal, drop: ({ batch }) => batch.held?.release() },
  )) {
    for (const fault of faults) onCorrupt?.(fault);
    try {
      if (batch.rows.length > 0) yield batch;
    } finally {
      batch.held?.release();
    }
  }
}

/** The batch of images that a decoder holds. They are copied when `pixels` is first read. */
function heldBatch(
  records: DatasetRecords,
  rows: Int32Array,
  images: HeldImages,
  [height, width]: readonly [height: number, width: number],
): ImageBatch {
  let held: HeldImages | undefined = images;
  let read: Uint8Array | undefined;
  const batch = {
    rows,
    get pixels() {
      read ??= images.read();
      held?.release();
      held = undefined;
      return read;
    },
    shape: [rows.length, height, width, 3] as const,
    ...labelsOf(records, rows),
  };
  // Not enumerable: a copy of the batch, whose pixels may be others, doesn't have it.
  return Object.defineProperty(batch, 'held', { get: () => held });
}

function labelsOf({ labels, y, known }: DatasetRecords, rows: Int32Array): Pick<ImageBatch, 'y' | 'known'> {
  return {
    y: takeMatrixRows(y, labels.length, rows),
    ...(known && { known: takeMatrixRows(known, labels.length, rows) }),
  };
}

/** The batch without the images that are missing. The others are moved together. */
function packed(
  records: DatasetRecords,
  rows: Int32Array,
  pixels: Uint8Array,
  [height, width]: readonly [height: number, width: number],
  isThere: (i: number) => boolean,
): ImageBatch {
  const kept = rows.filter((_, i) => isThere(i));
  const bytes = height * width * 3;
  if (kept.length < rows.length) {
    let to = 0;
    rows.forEach((_, i) => {
      if (isThere(i)) pixels.copyWithin(bytes * to++, bytes * i, bytes * (i + 1));
    });
  }
  return {
    rows: kept,
    pixels: pixels.subarray(0, kept.length * bytes),
    shape: [kept.length, height, width, 3],
    ...labelsOf(records, kept),
  };
}
