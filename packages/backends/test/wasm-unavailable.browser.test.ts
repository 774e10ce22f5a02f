import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test, vi } from 'vitest';
import { useBestBackend } from '../src/index';

afterEach(() => vi.restoreAllMocks());

test('where a browser does not find the wasm files, useBestBackend takes cpu and says what to pass', async () => {
  // The wasm module and tfjs write a page about it.
  for (const method of ['warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
  const lines: string[] = [];
  const { name } = await useBestBackend({
    prefer: ['wasm', 'cpu'],
    wasmPath: '/nowhere/',
    log: (line) => lines.push(line),
  });
  expect(name).toBe('cpu');
  expect(tf.getBackend()).toBe('cpu');
  expect(lines).toEqual([
    'backend: cpu; no wasm backend: its .wasm file could not be loaded. Pass wasmPath, the folder with its .wasm files, ' +
      'and allow WebAssembly in the Content-Security-Policy.',
  ]);
});
