import type { Augmentation } from '../augmentation/augmentation';
import type { VariationKey } from '../augmentation/draw-variation';
import type { Resize } from '../batches/resize';
import type { Framing } from '../framing/framing';
import type { Limits } from '../limits/limits';

/** How to draw one image of a batch. The object can be sent to a worker. */
export interface ImageRequest extends VariationKey {
  readonly size: readonly [height: number, width: number];
  readonly augmentation?: Augmentation;
  /** Limits on the image that differ from the defaults. */
  readonly limits?: Limits;
  /** The framing of this image alone. */
  readonly framing?: Framing;
  readonly resize?: Resize;
}

/**
 * The size to which decoding may shrink the image. Undefined if it must keep its size: a framing is in pixels of the
 * whole image.
 */
export function shrinkTo({ size, resize, framing }: ImageRequest): ImageRequest['size'] | undefined {
  return resize === 'fast' && !framing ? size : undefined;
}
