import * as tf from '@tensorflow/tfjs-core';
import { NativePixels } from '../images/native-pixels';
import type { LabelledBatch } from '../labelled-images';
import { DataType } from '../program/node-writer';
import { eagerWriter } from '../run/tensorflow/eager-writer';
import { nativeBackend } from '../tfjs-internals/native-backend';

/**
 * Pixels as a tensor. The caller disposes the tensor. Images that the native backend's decoder holds are float32 already.
 *
 * On the native backend, pixels that are bytes become a tensor of TensorFlow's uint8, which TensorFlow.js calls int32; the
 * program casts them. A Float32Array in JavaScript would be four times as large, and take memory until it is collected.
 * Float pixels, and all pixels on other backends, become float32.
 */
export function pixelTensor(batch: Pick<LabelledBatch, 'pixels' | 'shape' | 'held'>): tf.Tensor4D {
  if (batch.held instanceof NativePixels && batch.held.tensor) return tf.clone(batch.held.tensor);
  const { pixels, shape } = batch;
  const backend = nativeBackend();
  if (pixels instanceof Float32Array) return tf.tensor4d(pixels, [...shape]);
  if (!backend) return tf.tensor4d(new Float32Array(pixels), [...shape]);
  const uint8 = { type: DataType.uint8 };
  return tf.tidy(() => {
    const writer = eagerWriter(backend, shape[0]);
    const bytes = writer.node('DecodeRaw', [tf.tensor1d([pixels], 'string')], {
      out_type: uint8,
      little_endian: { b: true },
    });
    const attributes = { T: uint8, Tshape: { type: DataType.int32 } };
    return writer.node('Reshape', [bytes, writer.ints(shape)], attributes) as tf.Tensor4D;
  });
}
