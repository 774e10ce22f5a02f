import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { useBestBackend } from '../src/index';

test('a graphics processor that has 16-bit floats alone is refused for training', async () => {
  tf.env().set('WEBGL_RENDER_FLOAT32_ENABLED', false);
  const { name, reasons } = await useBestBackend({
    prefer: ['webgl', 'wasm'],
    wasmPath: '/',
    log: () => {},
  });
  expect(name).toBe('wasm');
  expect(reasons[0].reason).toContain('16-bit floats');
});
