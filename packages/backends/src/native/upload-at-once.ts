import type { DataType, KernelBackend } from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../tfjs-internals/native-backend';

/** Arrays of fewer bytes are given to TensorFlow by their first operation, as tfjs-node does with all. */
const MIN_BYTES = 65_536;

const patched = new WeakSet<KernelBackend>();

/**
 * Makes tfjs-node's backend give large arrays of numbers to TensorFlow when their tensor is made.
 *
 * tfjs-node keeps the JavaScript array until a tensor's first operation. The weights of a model live so long by then
 * that only a full garbage collection removes their arrays, and a training step, which makes hardly any objects, causes
 * none: most weights are in memory twice. Arrays that are free at once are removed by the frequent, small collections.
 */
export function uploadAtOnce(backend: KernelBackend): void {
  if (patched.has(backend)) return;
  patched.add(backend);
  const native = backend as NativeBackend;
  const move = native.move.bind(native);
  // `write` calls `move`, too.
  native.move = (dataId: object, values, shape: number[], dtype: DataType, refCount: number) => {
    move(dataId, values, shape, dtype, refCount);
    if (values instanceof Float32Array && values.byteLength >= MIN_BYTES)
      native.getInputTensorIds([{ dataId }]);
  };
}
