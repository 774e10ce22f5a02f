import * as tf from '@tensorflow/tfjs-core';
import type { Preprocessing } from './backbone';

/**
 * Turns RGB pixels into what a backbone was trained on: (x[channelOrder] − mean) · scale.
 *
 * Keras: `applications.resnet.preprocess_input` ("caffe" mode) is `{ channelOrder: 'bgr',
 * mean: [103.939, 116.779, 123.68], scale: 1 }`.
 *
 * @param pixels RGB in 0…255, [n, height, width, 3], of any number type; left as it is
 * @returns float32 of the same shape; the caller disposes it
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { preprocess } from '@thawjs/core';
 *
 * const pixel = tf.tensor4d([255, 127, 0], [1, 1, 1, 3]);
 * const x = preprocess(pixel, { channelOrder: 'bgr', mean: [0, 27, 55], scale: 0.5 });
 * console.log(Array.from(x.dataSync())); // [ 0, 50, 100 ]
 * tf.dispose([pixel, x]);
 * ```
 */
export function preprocess(pixels: tf.Tensor4D, preprocessing: Preprocessing): tf.Tensor4D {
  const { channelOrder, mean, scale } = preprocessing;
  return tf.tidy(() => {
    const rgb = tf.cast(pixels, 'float32');
    const ordered = channelOrder === 'bgr' ? tf.reverse(rgb, 3) : rgb;
    const centred = tf.sub<tf.Tensor4D>(ordered, tf.tensor1d([...mean]));
    return scale === 1 ? centred : tf.mul<tf.Tensor4D>(centred, scale);
  });
}
