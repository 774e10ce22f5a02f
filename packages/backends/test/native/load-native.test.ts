import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBestBackend } from '../../src/index';
import { findNative } from '../../src/native/find-native';

const found = findNative();

describe.runIf('addon' in found && found.origin === 'cache')('the native backend of the cache', () => {
  it("runs on the program's own tfjs-core, without tfjs-node's entry point and its installer's packages", async () => {
    const { cache } = createRequire(import.meta.url);
    const before = new Set(Object.keys(cache));
    await useBestBackend({ prefer: ['native'], log: () => {} });
    const loaded = Object.keys(cache).filter((path) => !before.has(path));
    expect(loaded.filter((path) => /\/(tfjs-layers|tfjs-data|tar|node-pre-gyp)\//.test(path))).toEqual([]);
    expect(Object.keys(cache).filter((path) => path.endsWith('tf-core.node.js'))).toHaveLength(1);
    expect(loaded.some((path) => path.endsWith('nodejs_kernel_backend.js'))).toBe(true);
  });

  it('saves to and loads from files, as with tfjs-node', () => {
    expect(tf.io.getSaveHandlers('file:///some/folder')).toHaveLength(1);
    expect(tf.io.getLoadHandlers('file:///some/folder')).toHaveLength(1);
  });

  it('is used as it is by a second call', async () => {
    const backend = tf.backend();
    await useBestBackend({ prefer: ['wasm'], log: () => {} });
    expect((await useBestBackend({ log: () => {} })).name).toBe('native');
    expect(tf.backend()).toBe(backend);
  });
});
