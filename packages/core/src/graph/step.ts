import type { Activation } from './operations/activation';
import type { PaddedPixels } from './operations/window';
import type { Value } from './value';

/**
 * What a layer gives, not yet put into the program: the layer behind it may still go into the same operation, as long as
 * it is the only one that reads it.
 */
export interface Step {
  /** Puts it into the program. */
  emit(): Value;
  /** The same, and an activation of it. */
  activated?(activation: Activation): Step;
  /** The same times a factor a channel plus a number a channel, which may ask for the bias that is there. */
  scaledAndShifted?(scale: Value, shiftOf: (bias: Value | undefined) => Value): Step;
  /** What it is with zeros around it, where it's that. */
  readonly unpadded?: { readonly value: Value; readonly padding: PaddedPixels };
}
