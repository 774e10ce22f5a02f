import type { Augmentation } from '../augmentation/augmentation';
import type { VariationKey } from '../augmentation/draw-variation';
import type { Resize } from '../batches/resize';
import type { Framing } from '../framing/framing';
import type { Limits } from '../limits/limits';

/** How to draw one image of a batch. The object can be sent to a worker. */
export interface ImageRequest extends VariationKey {
  readonly size: readonly [height: number, width: number];
  readonly augmentation?: Augmentation;
  /** What the image may cost, where the defaults don't do. */
  readonly limits?: Limits;
  /** Of this image alone. */
  readonly framing?: Framing;
  readonly resize?: Resize;
}

/** The size to which decoding may shrink the image; undefined for its own size, as a framing counts in the whole image's pixels. */
export function shrinkTo({ size, resize, framing }: ImageRequest): ImageRequest['size'] | undefined {
  return resize === 'fast' && !framing ? size : undefined;
}
