import * as tf from '@tensorflow/tfjs-core';
import type { LabelledBatch } from '../labelled-images';
import { DataType } from '../program/node-writer';
import { eagerWriter } from '../run/tensorflow/eager-writer';
import { nativeBackend } from '../run/tensorflow/native-backend';

/**
 * Pixels as a float32 tensor; the caller disposes it.
 *
 * The native backend takes bytes as they are: JavaScript's floats would be four times as large, and lie about until they
 * are collected.
 */
export function pixelTensor({ pixels, shape }: Pick<LabelledBatch, 'pixels' | 'shape'>): tf.Tensor4D {
  const backend = nativeBackend();
  if (pixels instanceof Float32Array) return tf.tensor4d(pixels, [...shape]);
  if (!backend) return tf.tensor4d(new Float32Array(pixels), [...shape]);
  const { uint8, float } = DataType;
  return tf.tidy(() => {
    const writer = eagerWriter(backend, shape[0]);
    const bytes = writer.node('DecodeRaw', [tf.tensor1d([pixels], 'string')], {
      out_type: { type: uint8 },
      little_endian: { b: true },
    });
    const floats = writer.node('Cast', [bytes], {
      SrcT: { type: uint8 },
      DstT: { type: float },
      Truncate: { b: false },
    });
    return tf.reshape(floats, [...shape]);
  });
}
