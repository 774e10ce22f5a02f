import type * as tf from '@tensorflow/tfjs-core';
import { type BackendName, useBestBackend } from '@thawjs/backends';
import { describe, expect, test } from 'vitest';
import { pixelTensor } from '../../src/prediction/pixel-tensor';
import { Program } from '../../src/program/ir';
import { pixelFloats } from '../../src/program/operations/pixels';
import { input } from '../../src/program/operations/sources';
import { runAtOnce } from '../../src/run/interpret';
import { tensorCount } from '../tiny';

describe.each<BackendName>(['native', 'wasm', 'cpu'])('pixels on %s', (backend) => {
  const shape = [2, 8, 16, 3] as const;
  const all = Uint8Array.from({ length: 2 * 768 }, (_, i) => i);

  test.each([
    ['bytes', all.subarray(768)],
    ['floats', Float32Array.from({ length: 768 }, (_, i) => i / 3)],
  ])('are what they were, from %s', async (_, pixels) => {
    await useBestBackend({ prefer: [backend], log: () => {} });
    const before = tensorCount();
    const tensor = pixelTensor({ pixels, shape });
    const staysBytes = backend === 'native' && pixels instanceof Uint8Array;
    expect([tensor.shape, tensor.dtype]).toEqual([[...shape], staysBytes ? 'int32' : 'float32']);
    const floats = staysBytes ? cast(tensor) : tensor.clone();
    expect(floats.dataSync()).toEqual(Float32Array.from(pixels));
    floats.dispose();
    tensor.dispose();
    expect(tensorCount()).toBe(before);
  });
});

/** TensorFlow.js has no name for TensorFlow's bytes: a program casts them. */
function cast(bytes: tf.Tensor): tf.Tensor {
  const program = new Program();
  const given = input(program, [], { name: 'pixels', sizes: bytes.shape, dtype: 'uint8' });
  return runAtOnce({ program, outputs: [pixelFloats(program, [given], {})] }, new Map([[given, bytes]]))[0];
}
