import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, test, vi } from 'vitest';
import { useBestBackend } from '../../src/index';
import { findNative } from '../../src/native/find-native';
import { withoutBanner } from '../../src/tfjs-internals/cpu-backend';
import { type NativeBackend, tensorflowVersion } from '../../src/tfjs-internals/native-backend';

test('the cpu backend prints its banner at its first operation, unless it is told not to', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  await tf.setBackend('cpu');
  expect(tf.findBackend('cpu')).toHaveProperty('firstUse', true);
  withoutBanner();
  tf.dispose(tf.add(1, 2));
  expect(warn).not.toHaveBeenCalled();
});

describe.runIf('addon' in findNative())('the native backend', () => {
  test('says its TensorFlow, and gives arrays to it when it is asked for their numbers', async () => {
    const { tensorflow } = await useBestBackend({ prefer: ['native'], log: () => {} });
    const backend = tf.backend() as NativeBackend;
    expect(tensorflow).toMatch(/^\d+\.\d+\.\d+/);
    expect(tensorflowVersion(backend)).toBe(tensorflow);
    const small = tf.tensor1d([1, 2]);
    const [number] = backend.getInputTensorIds([small]);
    expect(Number.isInteger(number)).toBe(true);
    small.dispose();
  });
});
