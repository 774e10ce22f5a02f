import * as tf from '@tensorflow/tfjs-core';
import { DataMismatchError, OptionError } from '../errors';
import { Program } from '../program/ir';
import { preprocessed } from '../program/operations/pixels';
import { input } from '../program/operations/sources';
import { runAtOnce } from '../run/interpret';
import type { Preprocessing } from './backbone';

/**
 * The factor per channel, from `scale` as one number or as a list.
 *
 * @throws {OptionError} the numbers of channels of mean and scale differ, a number isn't finite, or the order is
 * `'bgr'` for other than three channels
 */
export function channelScales({ channelOrder, mean, scale }: Preprocessing): readonly number[] {
  const scales = typeof scale === 'number' ? mean.map(() => scale) : scale;
  const came = `{ channelOrder: '${channelOrder}', mean: [${mean}], scale: ${typeof scale === 'number' ? scale : `[${scale}]`} }`;
  if (mean.length === 0 || scales.length !== mean.length || ![...mean, ...scales].every(Number.isFinite)) {
    throw new OptionError(
      `preprocessing: expected a finite mean and scale per channel, or one scale for all; received ${came}.`,
    );
  }
  if (channelOrder === 'bgr' && mean.length !== 3) {
    throw new OptionError(
      `preprocessing: channelOrder 'bgr' is for three channels; received ${came}. Use 'rgb', which keeps the order.`,
    );
  }
  return scales;
}

/**
 * Turns pixels into the input that a backbone was trained on: (x[channelOrder] − mean) · scale, per channel.
 *
 * Keras: `applications.resnet.preprocess_input` ("caffe" mode) is `{ channelOrder: 'bgr',
 * mean: [103.939, 116.779, 123.68], scale: 1 }`.
 *
 * @param pixels from 0 to 255, [n, height, width, channels], of any number type; RGB if there are three channels. Not
 * changed or disposed.
 * @returns a float32 tensor of the same shape, which the caller disposes
 * @throws {OptionError} the preprocessing contradicts itself
 * @throws {DataMismatchError} the pixels have another number of channels than the preprocessing
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
  const { channelOrder, mean } = preprocessing;
  const scales = channelScales(preprocessing);
  if (pixels.shape[3] !== mean.length) {
    throw new DataMismatchError(
      `preprocess: expected pixels of ${mean.length} channels, as the preprocessing has; received [${pixels.shape}].`,
    );
  }
  return tf.tidy(() => {
    const program = new Program();
    const given = input(program, [], { name: 'pixels', sizes: pixels.shape });
    const x = preprocessed(program, [given], { channelOrder, mean, scales });
    const entry = { program, outputs: [x] };
    const [result] = runAtOnce(entry, new Map([[given, tf.cast(pixels, 'float32')]]), { portable: true });
    return result as tf.Tensor4D;
  });
}
