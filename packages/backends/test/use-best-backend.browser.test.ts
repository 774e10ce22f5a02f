import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { useBestBackend } from '../src/index';

test('useBestBackend takes wasm in a browser, from the folder that serves its files, ready to train', async () => {
  const lines: string[] = [];
  const backend = await useBestBackend({ wasmPath: '/', log: (line) => lines.push(line) });
  expect(lines).toEqual(['backend: wasm']);
  expect(backend).toEqual({
    name: 'wasm',
    reasons: [{ name: 'native', reason: 'it needs Node', remedy: '' }],
  });
  expect(tf.getBackend()).toBe('wasm');
  expect(tf.getKernel('Conv2DBackpropFilter', 'wasm')).toBeDefined();
  expect(tf.getKernel('DepthwiseConv2dNativeBackpropInput', 'wasm')).toBeDefined();
  // Threads need memory that is shared, and that needs a page isolated from other origins.
  expect(await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')).toBe(crossOriginIsolated);
});
