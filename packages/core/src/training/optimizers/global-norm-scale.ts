import * as tf from '@tensorflow/tfjs-core';

/**
 * By what to multiply gradients so that their norm, taken as one vector, is at most `clipnorm`; `share` goes in first.
 *
 * `share · clipnorm · min(1 / norm, 1 / clipnorm)` with `norm = share · √(Σ g²)`, NaN where a gradient isn't finite, as
 * Keras' `clip_by_global_norm`. A tensor, so that no step waits for its value; the caller disposes it.
 */
export function globalNormScale(gradients: readonly tf.Tensor[], clipnorm: number, share: number): tf.Scalar {
  return tf.tidy(() => {
    const squares = gradients.map((gradient) => tf.tidy(() => tf.sum(tf.square(gradient))));
    const norm = tf.mul(tf.sqrt(tf.addN(squares)), share);
    const finite = tf.mul(tf.minimum(tf.div(1, norm), 1 / clipnorm), clipnorm);
    return tf.mul(tf.add(finite, tf.sub(norm, norm)), share) as tf.Scalar;
  });
}
