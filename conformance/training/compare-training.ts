// Trains here what keras_training.py trained in Keras, and prints the largest relative error of each loss curve and of all
// weights at the end. Usage: tsx compare-training.ts FOLDER [native|wasm|cpu] [PART…] [OPTION=VALUE…]: only cases whose name
// holds every part; the options go to `phase`, so that ways of running a step can be compared. Fails above 1e-4, where a
// frozen layer changed by a bit, or where other layers are frozen than in Keras.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BackendName, useBestBackend } from '../../packages/backends/src/index';
import type { NetworkData } from '../../packages/core/test/training/parity/network';
import { relativeError } from '../../packages/core/test/training/parity/relative-error';
import { type KerasCase, trainAsKeras } from '../../packages/core/test/training/parity/train-as-keras';

interface StoredCase extends KerasCase {
  /** All weights after training, float32, in the order of `weights`; absent where only the losses are compared. */
  readonly file?: string;
  readonly weights?: readonly (readonly [name: string, values: number])[];
}

const LIMIT = 1e-4;
const [folder, backend = 'native', ...rest] = process.argv.slice(2);
const parts = rest.filter((argument) => !argument.includes('='));
const how: object = Object.fromEntries(
  rest.filter((argument) => argument.includes('=')).map((argument) => argument.split('=')),
);
await useBestBackend({ prefer: [backend as BackendName] });
const { versions, networks, cases } = JSON.parse(readFileSync(path.join(folder, 'cases.json'), 'utf8'));
console.log(`beside Keras ${versions.keras} on TensorFlow ${versions.tensorflow}, largest relative errors:`);

for (const stored of cases as StoredCase[]) {
  const name = `${stored.network} ${stored.state} ${stored.optimizer}`;
  if (!parts.every((part) => name.includes(part))) continue;
  const started = performance.now();
  const network = (networks as Record<string, NetworkData>)[stored.network];
  const trained = await trainAsKeras(stored, network, how);
  const losses = relativeError(trained.losses, stored.losses);
  const weights = ofWeights(trained.weights, stored);
  const complaints = [
    ...(losses <= LIMIT ? [] : ['losses']),
    ...(weights.error <= LIMIT ? [] : [`weight ${weights.name}`]),
    ...trained.changedThoughFrozen.map((weight) => `${weight} is frozen and changed`),
    ...(sameNames(trained.frozen, stored.frozen) ? [] : [`frozen are ${trained.frozen.join(', ')}`]),
  ];
  console.log(
    [
      name.padEnd(40),
      `losses ${losses.toExponential(1)}`,
      stored.file ? `weights ${weights.error.toExponential(1)}` : 'losses only    ',
      `${((performance.now() - started) / 1000).toFixed(1)} s`,
      complaints.length === 0 ? '' : `NOT: ${complaints.join('; ')}`,
    ].join('  '),
  );
  if (complaints.length > 0) process.exitCode = 1;
}

/** The weight with the largest difference. */
function ofWeights(
  trained: ReadonlyMap<string, Float32Array>,
  { file, weights = [] }: StoredCase,
): { name: string; error: number } {
  let worst = { name: 'none', error: 0 };
  if (!file) return worst;
  const values = new Float32Array(new Uint8Array(readFileSync(path.join(folder, file))).buffer);
  let start = 0;
  for (const [name, length] of weights) {
    const error = relativeError(trained.get(name) ?? [], values.subarray(start, start + length));
    if (!(error <= worst.error)) worst = { name, error };
    start += length;
  }
  return worst;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}
