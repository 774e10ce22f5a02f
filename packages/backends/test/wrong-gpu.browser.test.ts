import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { BackendUnavailableError, useBestBackend } from '../src/index';
import { replaceKernel } from '../src/kernels/replace-kernel';

test('a graphics processor that computes wrong numbers is refused, and the reason is told', async () => {
  const relu = tf.getKernel('Relu', 'webgl');
  // As a driver that gets an activation wrong.
  replaceKernel({ ...relu, kernelFunc: tf.getKernel('Abs', 'webgl').kernelFunc });
  const lines: string[] = [];
  const backend = await useBestBackend({
    prefer: ['webgl', 'wasm'],
    wasmPath: '/',
    log: (line) => lines.push(line),
  });
  expect(backend.name).toBe('wasm');
  expect(backend.reasons[0].name).toBe('webgl');
  expect(backend.reasons[0].reason).toMatch(/^its numbers in a small training step are off by [\d.e+]+ %/);
  expect(lines[0]).toContain('no webgl backend: its numbers');
  expect(tf.getBackend()).toBe('wasm');
  // What was found out holds.
  await expect(useBestBackend({ prefer: ['webgl'], log: () => {} })).rejects.toThrow(BackendUnavailableError);
});
