import { NotAnImageError } from '../errors';
import type { ImageInput, ImageLimits } from '../images/image-input';
import { imagePixels } from '../images/image-pixels';
import type { LabelledBatch, LabelledBatchOptions } from '../labelled-images';
import { DownloadError } from '../weights/errors';
import type { PredictableImages } from './network-outputs';

/** Images that are decoded at once: each is held at its own size meanwhile. */
const AT_ONCE = 4;

/** Images as a data set without labels. An image that can't be read is black, if `onError` takes its error. */
export function imageBatches(
  images: readonly ImageInput[],
  limits: ImageLimits,
  onError: ((index: number, error: Error) => void) | undefined,
): PredictableImages {
  return {
    length: images.length,
    async *batches({ size, batchSize, signal }: LabelledBatchOptions) {
      // While a batch is classified, the next one is decoded.
      let next = batchFrom(0);
      for (let start = 0; start < images.length; start += batchSize) {
        const batch = await next;
        if (start + batchSize < images.length) {
          next = batchFrom(start + batchSize);
          // The error is thrown when the next batch is read. If reading has stopped, it is dropped.
          next.catch(() => {});
        }
        yield batch;
      }

      async function batchFrom(start: number): Promise<LabelledBatch> {
        const rows = Int32Array.from(
          { length: Math.min(batchSize, images.length - start) },
          (_, i) => start + i,
        );
        const length = size[0] * size[1] * 3;
        const all = await mapBounded(rows, async (row) => {
          signal?.throwIfAborted();
          try {
            return await imagePixels(images[row], size, limits, signal);
          } catch (error) {
            if (!onError || !isOfImage(error)) throw error;
            onError(row, error);
            return new Uint8Array(length);
          }
        });
        const isBytes = all.every((pixels) => pixels instanceof Uint8Array);
        const pixels = isBytes
          ? new Uint8Array(rows.length * length)
          : new Float32Array(rows.length * length);
        for (const [i, image] of all.entries()) pixels.set(image, i * length);
        return { rows, pixels, shape: [rows.length, ...size, 3], y: new Uint8Array() };
      }
    },
  };
}

/** Whether an error is about one image, rather than about the machine or the call. */
function isOfImage(error: unknown): error is Error {
  return error instanceof NotAnImageError || error instanceof DownloadError;
}

/** The results of an asynchronous function for all items in their order, a bounded number of them at once. */
async function mapBounded<Result>(
  items: Int32Array,
  map: (item: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let at = 0;
  const work = async () => {
    while (at < items.length) {
      const own = at++;
      results[own] = await map(items[own]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return results;
}
