import { readdirSync, readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { beforeAll, expect, test } from 'vitest';
import { backbone } from '../../src/backbones/open-backbone';
import { backbones } from '../../src/prediction/list-backbones';
import { compareNetwork, type NetworkFixture } from './compare-network';
import { hashedKerasFiles, hashedTorchFile } from './hashed-weights';

const folder = new URL('../fixtures/backbones/', import.meta.url);
const known = new Set(backbones().map(({ name }) => name));
const fixtureOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as NetworkFixture;

/** Those that take seconds; conformance/backbones/run.sh compares all. */
const fixtures = readdirSync(folder)
  .map((file) => file.replace('.json', ''))
  .filter((name) => process.env.THAW_ALL_NETWORKS || fixtureOf(name).parameters < 13e6);

beforeAll(async () => {
  await useBestBackend();
});

test.each(fixtures)('%s gives what its reference gives, layer by layer', async (name) => {
  const fixture = fixtureOf(name);
  const isKeras = fixture.reference === 'keras.applications';
  const made = await backbone(known.has(name) ? name : name.replace(/_[a-z]+$/, ''), {
    weights: (isKeras ? hashedKerasFiles : hashedTorchFile)(fixture.weights),
    includeTop: true,
    inputSize: fixture.inputSize as [number, number],
  });
  const { layers, largestLayerError, worstLayer, scoreError } = await compareNetwork(made, fixture);
  expect(layers).toBeGreaterThanOrEqual(Object.keys(fixture.layers).length - 1); // all but the softmax
  expect(largestLayerError, worstLayer).toBeLessThan(1e-4);
  expect(scoreError).toBeLessThan(1e-4);
  const record = backbones().find((one) => one.name === made.name)!;
  expect(made.model.countParams()).toBe(record.parameters);
  expect(fixture.parameters).toBe(record.parameters);
  const before = tf.memory().numTensors;
  made.model.dispose();
  expect(tf.memory().numTensors).toBeLessThan(before);
});
