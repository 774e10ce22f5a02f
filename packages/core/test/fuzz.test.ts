import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBestBackend } from '@thawjs/backends';
import { beforeAll, expect, test } from 'vitest';
import { coreReaders } from '../../../conformance/fuzz/core-readers';
import { metricsReaders } from '../../../conformance/fuzz/metrics-readers';
import { type Outcome, tryFile, wholeSample } from '../../../conformance/fuzz/try-file';

beforeAll(async () => {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
});

/** Large files and native code are for conformance/fuzz, in processes with limits. */
const readers = [...coreReaders, ...metricsReaders].filter(({ name }) => name !== 'core face-api');

test.each(readers)('$name reads a changed file or throws an error of its own', async (reader) => {
  const whole = await wholeSample(reader, await mkdtemp(join(tmpdir(), 'thaw-fuzz-')));
  const faults: Outcome[] = [];
  let named = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const outcome = await tryFile(reader, whole, seed);
    if (outcome.kind === 'plain' || outcome.kind === 'other') faults.push(outcome);
    if (outcome.kind === 'named') named += 1;
  }
  expect(faults).toEqual([]);
  expect(named).toBeGreaterThan(0);
});

/** What longer runs of conformance/fuzz found, each mended since. */
test.each([
  ['core loadWeights torch-strided-chain.pth', 307],
  ['core loadWeights torch-strided-chain.pth', 311],
  ['core loadWeights keras3.weights.h5', 211],
  ['metrics ConfusionCountsAccumulator', 170],
  ['metrics KerasAucAccumulator', 453],
])('%s refuses the file of seed %i by an error of its own', async (name, seed) => {
  const reader = readers.find((one) => one.name === name)!;
  const whole = await wholeSample(reader, await mkdtemp(join(tmpdir(), 'thaw-fuzz-')));
  expect(await tryFile(reader, whole, seed)).toMatchObject({ kind: 'named' });
});
