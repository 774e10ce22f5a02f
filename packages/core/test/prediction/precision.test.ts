import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Callback,
  type Classifier,
  classifier,
  extractFeatures,
  fineTune,
  OptionError,
  type Precision,
  PrecisionError,
  predict,
} from '../../src';
import { lackingForBfloat16 } from '../../src/run/precision';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

const many = tinyImages(70);
const few = tinyImages(8);

afterEach(() => tf.disposeVariables());

const made = () => classifier(tinyBackbone(), { labels: LABELS });

/** What is computed of some images in a precision. */
const computed: Record<string, (model: Classifier, precision?: Precision) => Promise<Float32Array>> = {
  predict: async (model, precision) => (await predict(model, many, { precision })).data,
  'predict of a few': async (model, precision) => (await predict(model, few, { precision })).data,
  extractFeatures: async (model, precision) => (await extractFeatures(model, many, { precision })).data,
};

function furthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((max, value, i) => Math.max(max, Math.abs(value - b[i])), 0);
}

describe.each(Object.entries(computed))('%s', (_, of) => {
  test('in bfloat16 differs from float32 by its rounding', async ({ skip }) => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    if (lackingForBfloat16()) return skip();
    const model = made();
    const [low, full] = [await of(model, 'bfloat16'), await of(model, 'float32')];
    expect(low).not.toEqual(full);
    const largest = full.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(furthest(low, full)).toBeLessThan(0.01 * largest);
  });

  test('is float32 unless told otherwise', async () => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    const model = made();
    expect(await of(model)).toEqual(await of(model, 'float32'));
  });

  test('refuses on cpu what cpu lacks, and what is no precision; auto is float32 there', async () => {
    await useBestBackend({ prefer: ['cpu'], log: () => {} });
    const model = made();
    await expect(of(model, 'bfloat16')).rejects.toThrow(PrecisionError);
    await expect(of(model, 'half' as Precision)).rejects.toThrow(OptionError);
    expect(await of(model, 'auto')).toEqual(await of(model, 'float32'));
  });
});

describe('kept features', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'thaw-precision-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('of one precision are not taken for the other’s, and auto notes which it is', async ({ skip }) => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    if (lackingForBfloat16()) return skip();
    const notes: string[] = [];
    const callbacks: Callback[] = [{ onNote: (text) => void notes.push(text) }];
    const filesAfter = async (precision: Precision) => {
      await fineTune(made(), {
        train: { ...many, fingerprint: 'a' },
        head: { epochs: 1, learningRate: 1e-3 },
        thaw: false,
        featureCache: { folder },
        precision,
        callbacks,
      });
      const names = await readdir(folder, { recursive: true });
      return names.filter((name) => name.endsWith('.features')).length;
    };
    expect(await filesAfter('float32')).toBe(1);
    expect(await filesAfter('bfloat16')).toBe(2);
    expect(notes).toEqual([]);
    expect(await filesAfter('auto')).toBe(2);
    expect(notes).toEqual(['precision: bfloat16, which this processor computes with.']);
  });
});
