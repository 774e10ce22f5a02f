/** The limit of the difference from a reference that computes by the same kernels, in the same order. */
export const SAME_KERNELS = 1e-5;

/**
 * The limit of a difference that comes from another order of arithmetic, given how far Keras in float32 is from itself in
 * float64. Keras 3's BatchNormalization computes x · factor + shift, TensorFlow's fused kernel subtracts the mean first, and
 * programs fold BatchNormalization into convolutions. A deep network of random weights magnifies that difference of
 * rounding from layer to layer, so that no fixed limit is right for every depth.
 */
export function limitFromFloat64(kerasFromFloat64: number): number {
  return 5 * kerasFromFloat64 + SAME_KERNELS;
}
