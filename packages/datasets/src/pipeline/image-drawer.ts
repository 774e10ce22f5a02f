import type { BatchOptions } from '../batches/batch-options';
import { limited } from '../batches/limited';
import { takeFraming } from '../framing/take-framing';
import type { ImageSource } from '../images/image-source';
import { loadSharp } from '../images/load-sharp';
import { imageFault, readBytes, readImage } from '../images/read-image';
import { coreCount } from '../platform/core-count';
import { installedFile } from '../platform/installed-file';
import { nodeModules } from '../platform/node-modules';
import type { DatasetRecords } from '../records/dataset-records';
import { byteBudget } from './byte-budget';
import { defaultWorkers } from './default-workers';
import { type ImageRequest, shrinkTo } from './image-request';
import { renderImage } from './render-image';
import { sharedPool } from './worker-pool';

const READS_AT_ONCE = 8;
const ENCODED_BYTES_AHEAD = 64 * 2 ** 20;

/**
 * Draws the image of one row into `out`; rejects with an `ImageDecodeError`, or with the signal's reason if the signal
 * aborts.
 */
type ImageDrawer = (row: number, out: Uint8Array, stop: AbortSignal) => Promise<void>;

/**
 * The function that draws the images of a pass: in worker threads if there are enough images, else in the calling
 * thread.
 */
export function imageDrawer(
  { ids, imageIndices, augmentation, framing, ...records }: DatasetRecords,
  images: ImageSource,
  { size, resize = records.resize, seed = 0, epoch = 0, workers = defaultWorkers(ids.length) }: BatchOptions,
): ImageDrawer {
  const requestOf = (row: number): ImageRequest => ({
    id: ids[row],
    size,
    seed,
    epoch,
    ...(images.limits && { limits: images.limits }),
    ...(resize && { resize }),
    ...(augmentation && { augmentation }),
    ...(framing && { framing: takeFraming(framing, [row]) }),
  });
  const indexOf = (row: number) => imageIndices?.[row] ?? row;
  // A thread that can't be told where sharp lies can't decode.
  return workers > 0 && nodeModules() && installedFile('sharp') ? inThreads(workers) : here();

  function here(): ImageDrawer {
    // One thread more than there are cores, as threads also wait for reads.
    const gate = limited(Math.min(coreCount() + 1, READS_AT_ONCE));
    return (row, out, stop) =>
      gate(async () => {
        stop.throwIfAborted();
        const request = requestOf(row);
        const image = await readImage(images, indexOf(row), ids[row], shrinkTo(request));
        renderImage(image, request, out);
      });
  }

  function inThreads(threads: number): ImageDrawer {
    const gate = limited(READS_AT_ONCE);
    const budget = byteBudget(ENCODED_BYTES_AHEAD);
    const pool = sharedPool(threads);
    return async (row, out, stop) => {
      // Loaded in this thread first: otherwise glibc unloads libvips when the first worker thread ends.
      await loadSharp();
      stop.throwIfAborted();
      const index = indexOf(row);
      const id = ids[row];
      const path = images.path?.(index);
      const encoded =
        path ??
        (await gate(async () => {
          stop.throwIfAborted();
          await budget.room();
          stop.throwIfAborted();
          const bytes = await readBytes(images, index, id);
          budget.take(bytes.length);
          return bytes;
        }));
      const size = typeof encoded === 'string' ? 0 : encoded.length;
      try {
        const fault = await pool.draw(encoded, requestOf(row), out, stop);
        if (fault) throw imageFault(images, index, id, fault.failed, fault.reason);
      } finally {
        budget.give(size);
      }
    };
  }
}
