import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { useBestBackend } from '../src/index';

test('where the threads of wasm fail to start, wasm computes without them and says why', async () => {
  // As a minifier that leaves a name undefined in the function whose text the threads get.
  const { Blob } = globalThis;
  const marker = 'var WasmBackendModuleThreadedSimd = ';
  globalThis.Blob = class extends Blob {
    constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
      const forThreads = typeof parts[0] === 'string' && parts[0].startsWith(marker);
      super(forThreads ? [`${marker}() => e;`] : parts, options);
    }
  };
  const lines: string[] = [];
  try {
    const { name } = await useBestBackend({
      prefer: ['wasm'],
      wasmPath: '/',
      log: (line) => lines.push(line),
    });
    expect(name).toBe('wasm');
  } finally {
    globalThis.Blob = Blob;
  }
  expect([...tf.relu(tf.tensor1d([1, -2])).dataSync()]).toEqual([1, 0]);
  const told = lines.filter((line) => line.startsWith('wasm: computing without threads'));
  // A page that isn't isolated has no threads that could fail.
  expect(told).toHaveLength(crossOriginIsolated ? 1 : 0);
  if (crossOriginIsolated) expect(told[0]).toContain('e is not defined');
});
