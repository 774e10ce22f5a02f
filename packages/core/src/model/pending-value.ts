import type { Value } from '../program/ir';
import type { Activation } from '../program/operations/activation';
import type { PaddedPixels } from '../program/operations/window';

/**
 * What a layer gives, not yet put into the program: the layer behind it may still go into the same operation, as long as
 * it is the only one that reads it.
 */
export interface PendingValue {
  /** Puts it into the program. */
  emit(): Value;
  /** The same, and an activation of it. */
  activated?(activation: Activation): PendingValue;
  /** The same times a factor a channel plus a number a channel, which may ask for the bias that is there. */
  scaledAndShifted?(scale: Value, shiftOf: (bias: Value | undefined) => Value): PendingValue;
  /** What it is with zeros around it, where it's that. */
  readonly unpadded?: { readonly value: Value; readonly padding: PaddedPixels };
}
