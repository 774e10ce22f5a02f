import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { BackendOptionError, useBestBackend } from '../src/index';

test('useBestBackend takes wasm where the processor emulates the graphics processor, and says so', async () => {
  const lines: string[] = [];
  const backend = await useBestBackend({ wasmPath: '/', log: (line) => lines.push(line) });
  // SwiftShader is the graphics processor of these tests (vitest.browser.config.ts).
  const reason = expect.stringMatching(
    /^the processor emulates the graphics processor \(.*swiftshader.*\)$/i,
  );
  expect(backend).toEqual({
    name: 'wasm',
    reasons: [
      { name: 'native', reason: 'it needs Node', remedy: '' },
      { name: 'webgpu', reason, remedy: '' },
      { name: 'webgl', reason, remedy: '' },
    ],
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^backend: wasm; no webgpu backend: the .*; no webgl backend: the /);
});

test.each(['webgpu', 'webgl'] as const)('prefer takes %s, if its numbers are right', async (name) => {
  const { reasons } = await useBestBackend({ prefer: [name], log: () => {} });
  expect(reasons).toEqual([]);
  expect(tf.getBackend()).toBe(name);
});

test('prefer takes wasm from the folder that serves its files, ready to train, and measures nothing', async () => {
  const lines: string[] = [];
  const backend = await useBestBackend({
    prefer: ['wasm'],
    wasmPath: '/',
    log: (line) => lines.push(line),
  });
  expect(lines).toEqual(['backend: wasm']);
  expect(backend).toEqual({ name: 'wasm', reasons: [] });
  expect(tf.getBackend()).toBe('wasm');
  expect(tf.getKernel('Conv2DBackpropFilter', 'wasm')).toBeDefined();
  expect(tf.getKernel('DepthwiseConv2dNativeBackpropInput', 'wasm')).toBeDefined();
  // Threads need memory that is shared, and that needs a page isolated from other origins.
  expect(await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')).toBe(crossOriginIsolated);
});

test('a misspelt option is refused', async () => {
  await expect(useBestBackend({ wasmpath: '/' } as never)).rejects.toThrow(BackendOptionError);
});
