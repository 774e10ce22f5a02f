import * as tf from '@tensorflow/tfjs-core';
import { DataType } from '../../program/node-writer';
import type { NativeBackend } from '../../tfjs-internals/native-backend';
import { eagerWriter } from './eager-writer';

/**
 * Reads a float32 tensor of whole numbers from 0 to 255 as bytes. TensorFlow casts them. TensorFlow.js can't read
 * TensorFlow's uint8, so four bytes are read as one int32 if possible.
 */
export function readBytes(backend: NativeBackend, tensor: tf.Tensor): Uint8Array {
  const isInFours = tensor.size % 4 === 0;
  const numbers = tf.tidy(() => {
    const { node, ints } = eagerWriter(backend, 1);
    const uint8 = { type: DataType.uint8 };
    const int32 = { type: DataType.int32 };
    if (!isInFours) return tf.cast(tensor, 'int32').dataSync<'int32'>();
    const bytes = node('Cast', [tensor], { SrcT: { type: DataType.float }, DstT: uint8 });
    const fours = node('Reshape', [bytes, ints([-1, 4])], { T: uint8, Tshape: int32 });
    return node('Bitcast', [fours], { T: uint8, type: int32 }).dataSync<'int32'>();
  });
  return isInFours ? new Uint8Array(numbers.buffer) : Uint8Array.from(numbers);
}
