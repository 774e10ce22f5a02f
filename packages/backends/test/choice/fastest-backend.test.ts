import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { fastestBackend } from '../../src/choice/fastest-backend';
import { type BackendName, useBestBackend } from '../../src/index';

test('the backend with the quickest training step is in use afterwards, and the others are told with their times', async () => {
  const load = (name: BackendName) => useBestBackend({ prefer: [name], log: () => {} });
  const { name, stepMs, slower } = await fastestBackend(['cpu', 'wasm'], load);
  expect(Object.keys(stepMs)).toEqual(['cpu', 'wasm']);
  // Plain JavaScript takes ten times as long and more.
  expect(name).toBe('wasm');
  expect(tf.getBackend()).toBe('wasm');
  expect(slower).toEqual([
    {
      name: 'cpu',
      reason: `a small training step takes ${stepMs.cpu!.toFixed(0)} ms on it and ${stepMs.wasm!.toFixed(0)} ms on wasm`,
      remedy: '',
    },
  ]);
});
