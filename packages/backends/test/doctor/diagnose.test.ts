import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/doctor/diagnose';
import { formatDiagnosis } from '../../src/doctor/format-diagnosis';
import { setupNative } from '../../src/native/setup-native';
import { FAKE_VERSION, type FakeWorld, HAS_COMPILER, makeFakeWorld } from '../native/fake-tensorflow';

let world: FakeWorld;
afterEach(() => world.remove());

describe('diagnose', () => {
  it('says why the native backend is not available and what to do', async () => {
    world = await makeFakeWorld();
    const diagnosis = await diagnose(world.project, world.cache);
    expect(diagnosis).toMatchObject({ node: process.version, backend: 'wasm', tensorflow: undefined });
    expect(diagnosis.backends[0]).toMatchObject({
      name: 'native',
      available: false,
      reason: 'it is not set up',
      remedy: expect.stringContaining('npx thaw-backends setup'),
    });
    expect(formatDiagnosis(diagnosis)).toContain('✗ native it is not set up');
  });

  it.runIf(HAS_COMPILER)('names the version of TensorFlow and the threads where it is', async () => {
    world = await makeFakeWorld();
    const { project, cache, wheel, tfjsNode } = world;
    await setupNative({ project, cache, wheel, tfjsNode, log: () => {} });
    const diagnosis = await diagnose(world.project, world.cache);
    expect(diagnosis).toMatchObject({ backend: 'native', tensorflow: FAKE_VERSION });
    expect(formatDiagnosis(diagnosis)).toMatch(/✓ native TensorFlow 9\.9\.9-fake, \d+ threads?/);
  });

  it('changes neither the backend in use nor the handling of uncaught errors', async () => {
    world = await makeFakeWorld();
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    const before = process.listenerCount('uncaughtException');
    await diagnose(world.project, world.cache);
    expect(tf.getBackend()).toBe('cpu');
    expect(process.listenerCount('uncaughtException')).toBe(before);
  });
});
