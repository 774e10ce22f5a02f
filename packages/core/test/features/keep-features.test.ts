import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { classifier, FeatureCacheError, freeze, type LabelledBatchOptions } from '../../src';
import { cutPoints } from '../../src/features/cut-points';
import { featureFolder } from '../../src/features/feature-folder';
import { type KeepFeaturesOptions, keepFeatures } from '../../src/features/keep-features';
import { memoryFeatures } from '../../src/features/kept-features';
import { splitModel } from '../../src/features/split-model';
import { nodeModules } from '../../src/platform/node';
import type { NodeModules } from '../../src/platform/node-types';
import { FLOAT32 } from '../../src/run/precision';
import { LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';
import { failingDisk } from './failing-disk';

const node = nodeModules()!;
let path: string;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'thaw-keep-'));
});

afterEach(async () => {
  tf.disposeVariables();
  await rm(path, { recursive: true, force: true });
});

const ROWS = 21;

function setting(change: Partial<KeepFeaturesOptions> = {}, modules: NodeModules = node) {
  const made = classifier(tinyBackbone(), { labels: LABELS });
  freeze(made, { first: 4 });
  const notes: string[] = [];
  const options: KeepFeaturesOptions = {
    classifier: made,
    prefix: splitModel(cutPoints(made.model)[0]).prefix,
    images: { ...tinyImages(ROWS), fingerprint: 'a' },
    batchSize: 8,
    view: 0,
    seed: 0,
    precision: FLOAT32,
    inMemory: true,
    folder: featureFolder(modules, path, 2 ** 30),
    onBatch: () => {},
    note: (text) => void notes.push(text),
    ...change,
  };
  return { options, notes };
}

async function all(options: KeepFeaturesOptions) {
  const kept = await keepFeatures(options);
  const rows = Int32Array.from({ length: kept.length }, (_, i) => (5 * i) % kept.length);
  const values = Array.from(await kept.take(rows));
  await kept.close();
  return { values, y: kept.y, shape: kept.shape };
}

describe('features', () => {
  test('are the same from memory, from a file and from a file read row by row', async () => {
    const expected = await all(setting({ folder: undefined }).options);
    expect(expected.shape).toEqual([8, 8, 4]);
    for (const inMemory of [false, true, true, false]) {
      expect(await all(setting({ inMemory }).options)).toEqual(expected);
    }
    expect((await readdir(path)).length).toBe(1);
  });

  test('come with the labels that go with them, known or mixed', async () => {
    const images = tinyImages(ROWS);
    const known = Uint8Array.from(images.y, (_, i) => i % 2);
    const kept = await keepFeatures(setting({ images: { ...images, known } }).options);
    expect([kept.y, kept.known]).toEqual([images.y, known]);
    await kept.close();

    const half = {
      ...images,
      augmentation: {},
      async *batches(options: LabelledBatchOptions) {
        for await (const batch of images.batches(options)) {
          yield { ...batch, y: new Float32Array(batch.y.length).fill(0.5), known: Uint8Array.from(batch.y) };
        }
      },
    };
    const mixed = await keepFeatures(setting({ images: half, folder: undefined }).options);
    expect(mixed.y).toEqual(new Float32Array(images.y.length).fill(0.5));
    expect(mixed.known).toEqual(images.y);
  });

  test('leave no tensor behind', async () => {
    const { options } = setting();
    const before = tensorCount();
    await all(options);
    await all(options);
    expect(tensorCount()).toBe(before);
  });

  test('lie in arrays of a size that every engine allows, whatever their number', () => {
    const memory = memoryFeatures(9, [1024, 1024, 3]);
    const row = (value: number) => new Float32Array(1024 * 1024 * 3).fill(value);
    for (let i = 0; i < 9; i++) memory.append(row(i));
    const taken = memory.take(Int32Array.from([8, 0, 5])) as Float32Array;
    expect([0, 1, 2].map((i) => taken[i * 1024 * 1024 * 3 + 7])).toEqual([8, 0, 5]);
  });
});

describe('a disk that is full in the middle', () => {
  const full = () => failingDisk(node, { code: 'ENOSPC', bytes: 10_000 });

  test('ends nothing where memory has the features, and is noted once', async () => {
    const { options, notes } = setting({}, full());
    const expected = await all(setting({ folder: undefined }).options);
    expect(await all(options)).toEqual(expected);
    expect(notes).toEqual([
      `features are kept in memory alone: featureCache: expected to read and write in ${path}; there is no room left on ` +
        'the disk. Free space, or choose another folder.',
    ]);
    expect(await readdir(path)).toEqual([]);
  });

  test('ends it where memory hasn’t room, and leaves nothing behind', async () => {
    const { options } = setting({ inMemory: false }, full());
    await expect(keepFeatures(options)).rejects.toThrow(FeatureCacheError);
    expect(await readdir(path)).toEqual([]);
  });
});

test('an extraction that is ended leaves nothing in the folder', async () => {
  const controller = new AbortController();
  const { options } = setting({ signal: controller.signal, onBatch: () => controller.abort() });
  await expect(keepFeatures(options)).rejects.toThrow();
  expect(await readdir(path)).toEqual([]);
});
