import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBestBackend } from '../../src/index';
import { findNative } from '../../src/native/find-native';

describe.runIf('addon' in findNative())('tensors of the native backend', () => {
  beforeAll(async () => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
  });

  const heldArray = ({ dataId }: tf.Tensor) => {
    const { tensorMap } = tf.backend() as unknown as { tensorMap: tf.DataStorage<{ values: unknown }> };
    return tensorMap.get(dataId).values;
  };

  it('hold no large JavaScript array, even before their first operation', () => {
    const values = Float32Array.from({ length: 100_000 }, (_, i) => i % 7);
    const tensor = tf.tensor1d(values);
    expect(heldArray(tensor)).toBeNull();
    expect(tensor.dataSync()).toEqual(values);
    const doubled = tf.add(tensor, tensor);
    expect(doubled.dataSync()[99_999]).toBe(2 * (99_999 % 7));
    tf.dispose([tensor, doubled]);
  });

  it('hold a small array until their first operation, as in tfjs-node', () => {
    const tensor = tf.tensor1d(new Float32Array(1_000).fill(2));
    expect(heldArray(tensor)).not.toBeNull();
    const sum = tf.sum(tensor);
    expect(heldArray(tensor)).toBeNull();
    expect(sum.dataSync()[0]).toBe(2_000);
    tf.dispose([tensor, sum]);
  });

  it('leave arrays of other types, and of nothing, as they are', () => {
    const bytes = tf.tensor1d(new Uint8Array(100_000).fill(7), 'int32');
    expect(bytes.dataSync()[99_999]).toBe(7);
    const empty = tf.tensor2d([], [0, 4]);
    expect(empty.dataSync()).toHaveLength(0);
    tf.dispose([bytes, empty]);
  });
});
