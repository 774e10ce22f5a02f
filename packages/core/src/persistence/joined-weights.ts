import type { io } from '@tensorflow/tfjs-core';

/** The bytes of a model's weights as one array. TensorFlow.js may give them in several buffers. */
export function joinedWeights(data: io.WeightData | undefined): Uint8Array<ArrayBuffer> {
  const buffers = data === undefined ? [] : Array.isArray(data) ? data : [data];
  if (buffers.length === 1) return new Uint8Array(buffers[0]);
  const all = new Uint8Array(buffers.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  for (const buffer of buffers) {
    all.set(new Uint8Array(buffer), offset);
    offset += buffer.byteLength;
  }
  return all;
}
