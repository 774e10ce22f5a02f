import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { useBestBackend } from '@thawjs/backends';
import { describe, expect, test } from 'vitest';
import { nativeBackend } from '../../src/tfjs-internals/native-backend';

test('another backend is no native one', async () => {
  await tf.setBackend('cpu');
  expect(nativeBackend()).toBeUndefined();
});

describe('the native backend', async () => {
  await useBestBackend({ prefer: ['native'], log: () => {} });
  const backend = nativeBackend();

  test('numbers the types of attributes as TensorFlow does', () => {
    // TF_AttrType of tensorflow/c/c_api.h.
    expect(backend?.binding).toMatchObject({
      TF_ATTR_STRING: 0,
      TF_ATTR_INT: 1,
      TF_ATTR_FLOAT: 2,
      TF_ATTR_BOOL: 3,
      TF_ATTR_TYPE: 4,
    });
  });

  test('runs a kernel by its name in TensorFlow, with its attributes', async () => {
    await tf.setBackend('tensorflow');
    const [sum] =
      backend?.executeMultipleOutputs(
        'AddN',
        [
          { name: 'N', type: backend.binding.TF_ATTR_INT, value: 2 },
          { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: 1 },
        ],
        [tf.tensor1d([1, 2]), tf.tensor1d([10, 20])],
        1,
      ) ?? [];
    expect(Array.from(sum?.dataSync() ?? [])).toEqual([11, 22]);
  });

  test('has the functions that run a saved model in a session', () => {
    const { loadSavedModelMetaGraph, runSavedModel, deleteSavedModel } = backend ?? {};
    const functions = [loadSavedModelMetaGraph, runSavedModel, deleteSavedModel];
    expect(functions.map((method) => method?.length)).toEqual([2, 4, 1]);
  });
});
