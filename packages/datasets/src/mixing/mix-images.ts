import type { BatchOptions } from '../batches/batch-options';
import type { ImageBatch } from '../batches/image-batch';
import { DatasetOptionError } from '../errors';
import { ANY, checkOptions } from '../options/check-options';
import { type Mix, randomMix } from './random-mix';

/** Options of {@link mixImages}. At least one of `mixup` and `cutmix` must be given. */
export interface MixOptions {
  /** α of mixup: images are blended by λ drawn from Beta(α, α). 0.2 to 0.4 is usual; default 0, off. */
  readonly mixup?: number;
  /** α of cutmix: a rectangle of 1 − λ of the area comes from the other image. 1 is usual; default 0, off. */
  readonly cutmix?: number;
  /** Share of the images that are mixed; where both are on, each half of them. Default 1. */
  readonly probability?: number;
}

/** A batch of mixed images with soft labels. */
export interface MixedBatch extends Omit<ImageBatch, 'y'> {
  /** In [0, 1], n × labels, row-major: λ of the image's own labels and 1 − λ of the other's. */
  readonly y: Float32Array;
  /** λ per image: the share of the image itself. */
  readonly lambda: Float32Array;
}

/** A dataset that {@link mixImages} can mix, such as `ImageDataset`. */
export interface MixableImages {
  readonly length: number;
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  readonly y: Uint8Array;
  /** 1 if a label is known, else 0, in the layout of `y`. Undefined if all labels are known. */
  readonly known?: Uint8Array | undefined;
  readonly augmentation?: object;
  /** True if `batches` honours `skip`. Otherwise the batches before are made, and dropped. */
  readonly canSkip?: boolean;
  batches(options: BatchOptions): AsyncIterable<ImageBatch>;
}

/** A dataset whose batches are mixed. Everything else is as in the original dataset. */
export interface MixedImages extends Omit<MixableImages, 'batches' | 'augmentation' | 'canSkip'> {
  readonly canSkip: true;
  /** The mixing, and the augmentation before it. Never undefined, because mixed batches vary. */
  readonly augmentation: object;
  batches(options: BatchOptions): AsyncGenerator<MixedBatch, void, undefined>;
}

/**
 * Mixes each image of a pass with the previous one, in its pixels and in its labels, for training.
 *
 * mixup: Zhang et al., 2018; cutmix: Yun et al., 2019, where λ is the share of the image's own area. λ and the rectangle
 * depend on (seed, epoch, id) alone; the other image is the one before it in the pass' order, across batches, so that
 * nothing depends on the batch size. Keras and timm pair within a batch. The pass' first image stays as it is. Use it
 * with `shuffle: true`: in a sorted dataset, neighbours are alike.
 *
 * @throws {DatasetOptionError} a misspelt option, an α below 0, a probability outside [0, 1], or nothing to mix by
 *
 * @example
 * ```ts
 * import { ImageDataset, memoryImages, mixImages } from '@thawjs/datasets';
 * import sharp from 'sharp';
 *
 * const plain = (background: string) =>
 *   sharp({ create: { width: 8, height: 8, channels: 3, background } }).png().toBuffer();
 * const dataset = new ImageDataset({
 *   ids: ['black.png', 'white.png'],
 *   labels: ['White'],
 *   y: new Uint8Array([0, 1]),
 *   images: memoryImages([await plain('#000000'), await plain('#ffffff')]),
 * });
 * for await (const { pixels, y, lambda } of mixImages(dataset, { mixup: 1 }).batches({ size: [8, 8], batchSize: 2 })) {
 *   // the second is as white as it is labelled
 *   console.log(y[1] === lambda[1], Math.abs(pixels[192]! / 255 - y[1]!) < 0.002); // true true
 * }
 * ```
 */
export function mixImages(images: MixableImages, mix: MixOptions): MixedImages {
  checkOptions('mixImages', mix, { mixup: ANY, cutmix: ANY, probability: ANY });
  const { mixup = 0, cutmix = 0, probability = 1 } = mix;
  if (!(mixup >= 0 && cutmix >= 0 && mixup + cutmix > 0 && Number.isFinite(mixup + cutmix))) {
    throw new DatasetOptionError(
      `mixImages: expected mixup or cutmix, or both, above 0; received ${mixup} and ${cutmix}.`,
    );
  }
  if (!(probability >= 0 && probability <= 1)) {
    throw new DatasetOptionError(`mixImages: expected probability in [0, 1]; received ${probability}.`);
  }
  const { length, ids, labels, y, known } = images;
  const chosen = { mixup, cutmix, probability };
  return {
    length,
    ids,
    labels,
    y,
    ...(known && { known }),
    augmentation: { ...chosen, before: images.augmentation },
    canSkip: true,
    async *batches(options) {
      const { seed = 0, epoch = 0, skip = 0, size, batchSize, corrupt, onCorrupt } = options;
      // The batch before the first one is needed: its last image is mixed with the next. If images may be missing, that
      // image can be in any batch.
      const first = images.canSkip && corrupt !== 'skip' ? Math.max(0, skip - 1) : 0;
      let passed = first * batchSize;
      let before: Neighbour | undefined;
      const counted: BatchOptions = {
        ...options,
        skip: first,
        onCorrupt(error) {
          passed += 1;
          if (passed > skip * batchSize) onCorrupt?.(error);
        },
      };
      for await (const batch of images.batches(counted)) {
        passed += batch.rows.length;
        if (passed <= skip * batchSize) {
          before = copied(neighbour(batch, labels.length, batch.rows.length - 1));
          continue;
        }
        const mixes = Array.from(batch.rows, (row) => randomMix(chosen, { seed, epoch, id: ids[row] }, size));
        const last = copied(neighbour(batch, labels.length, batch.rows.length - 1));
        yield mixed(batch, mixes, labels.length, before);
        before = last;
      }
    },
  };
}

interface Neighbour {
  readonly pixels: Uint8Array;
  readonly y: Uint8Array;
  readonly known: Uint8Array | undefined;
}

function neighbour({ pixels, shape, y, known }: ImageBatch, width: number, i: number): Neighbour {
  const bytes = pixels.length / shape[0];
  const own = i * width;
  return {
    pixels: pixels.subarray(i * bytes, (i + 1) * bytes),
    y: y.subarray(own, own + width),
    known: known?.subarray(own, own + width),
  };
}

function copied({ pixels, y, known }: Neighbour): Neighbour {
  return { pixels: pixels.slice(), y: y.slice(), known: known?.slice() };
}

/** Mixes the images in place, from the last to the first, so that each is mixed with the unmixed image before it. */
function mixed(
  batch: ImageBatch,
  mixes: readonly Mix[],
  width: number,
  before: Neighbour | undefined,
): MixedBatch {
  const { rows, pixels, shape, y } = batch;
  const soft = Float32Array.from(y);
  const known = batch.known?.slice();
  const lambda = new Float32Array(rows.length).fill(1);
  for (let i = rows.length - 1; i >= 0; i--) {
    const other = i > 0 ? neighbour(batch, width, i - 1) : before;
    if (!other) continue;
    const share = mixes[i].blend(neighbour(batch, width, i).pixels, other.pixels);
    lambda[i] = share;
    for (let k = 0; k < width; k++) {
      soft[i * width + k] = share * y[i * width + k] + (1 - share) * other.y[k];
      // A mixed label is known only if it is known for both images.
      if (known && share < 1) known[i * width + k] &= other.known![k];
    }
  }
  return { rows, pixels, shape, y: soft, ...(known && { known }), lambda };
}
