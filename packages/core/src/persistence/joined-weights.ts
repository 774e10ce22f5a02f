import type { io } from '@tensorflow/tfjs-core';
import { joinBytes } from '../bytes';

/** The bytes of a model's weights as one array. TensorFlow.js may give them in several buffers. */
export function joinedWeights(data: io.WeightData | undefined): Uint8Array<ArrayBuffer> {
  const buffers = data === undefined ? [] : Array.isArray(data) ? data : [data];
  const [first, ...others] = buffers.map((buffer) => new Uint8Array(buffer));
  return first && others.length === 0 ? first : joinBytes([first, ...others]);
}
