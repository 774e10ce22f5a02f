import type { Value } from '../program/ir';
import type { Activation } from '../program/operations/activation';
import type { PaddedPixels } from '../program/operations/window';

/**
 * A layer's output whose operation isn't added to the program yet. The next layer may be merged into the same operation,
 * if it is the only reader.
 */
export interface PendingValue {
  /** Adds the operation to the program. */
  emit(): Value;
  /** The output with an activation merged in. */
  activated?(activation: Activation): PendingValue;
  /** The output times a factor per channel, plus a shift per channel, which is computed from the present bias. */
  scaledAndShifted?(scale: Value, shiftOf: (bias: Value | undefined) => Value): PendingValue;
  /** Set if this layer only pads: the unpadded value and the padding, so that a convolution can absorb it. */
  readonly unpadded?: { readonly value: Value; readonly padding: PaddedPixels };
}
