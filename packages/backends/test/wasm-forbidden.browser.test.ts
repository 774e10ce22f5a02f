import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { BackendUnavailableError, useBestBackend } from '../src/index';

test('where the Content-Security-Policy forbids WebAssembly, useBestBackend does not wait for it, and says what to allow', async () => {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "script-src 'self' 'unsafe-inline'";
  document.head.append(policy);
  await expect(WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))).rejects.toThrow(
    'Content Security',
  );

  const reason = "the page's Content-Security-Policy forbids WebAssembly";
  const remedy = "Add 'wasm-unsafe-eval' to its script-src.";
  const lines: string[] = [];
  const { name, reasons } = await useBestBackend({
    prefer: ['wasm', 'cpu'],
    wasmPath: '/',
    log: (line) => lines.push(line),
  });
  expect(name).toBe('cpu');
  expect(tf.getBackend()).toBe('cpu');
  expect(reasons).toEqual([{ name: 'wasm', reason, remedy }]);
  expect(lines).toEqual([`backend: cpu; no wasm backend: ${reason}. ${remedy}`]);
  const attempt = useBestBackend({ prefer: ['wasm'], log: () => {} });
  await expect(attempt).rejects.toThrow(BackendUnavailableError);
  await expect(attempt).rejects.toThrow(`wasm: ${reason}. ${remedy}`);
});
