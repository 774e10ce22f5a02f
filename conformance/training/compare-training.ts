// Trains here what keras_training.py trained in Keras, and prints the largest relative error of each loss curve and of all
// weights at the end. Usage: tsx compare-training.ts FOLDER [native|wasm|cpu] [PART…] [OPTION=VALUE…]: only cases whose name
// holds every part; the options go to `phase`, so that ways of running a step can be compared. Fails above 1e-4, where a
// frozen layer changed by a bit, or where other layers are frozen than in Keras.
//
// Where Keras itself in float32 is further than that from Keras in float64, an input of a ReLU lay within rounding of its
// kink, and float32 took the wrong side: there we're held to float64.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BackendName, useBestBackend } from '../../packages/backends/src/index';
import type { NetworkData } from '../../packages/core/test/training/parity/network';
import { relativeError } from '../../packages/core/test/training/parity/relative-error';
import {
  type KerasCase,
  type TrainedCase,
  trainAsKeras,
} from '../../packages/core/test/training/parity/train-as-keras';

interface StoredTraining {
  readonly losses: readonly number[];
  /** All weights after training, float32, in the order of `weights`; absent where only the losses are compared. */
  readonly file?: string;
}

interface StoredCase extends KerasCase, StoredTraining {
  readonly weights?: readonly (readonly [name: string, values: number])[];
  /** The same training with Keras' floatx at float64. */
  readonly float64?: StoredTraining;
}

interface Errors {
  readonly losses: number;
  /** Of the weight that differs most. */
  readonly weights: number;
  readonly worst: string;
}

const LIMIT = 1e-4;
const [folder, backend = 'native', ...rest] = process.argv.slice(2);
const parts = rest.filter((argument) => !argument.includes('='));
const how: object = Object.fromEntries(
  rest.filter((argument) => argument.includes('=')).map((argument) => argument.split('=')),
);
await useBestBackend({ prefer: [backend as BackendName] });
const { versions, networks, cases } = JSON.parse(readFileSync(path.join(folder!, 'cases.json'), 'utf8'));
console.log(`beside Keras ${versions.keras} on TensorFlow ${versions.tensorflow}, largest relative errors:`);

for (const stored of cases as StoredCase[]) {
  const name = `${stored.network} ${stored.state} ${stored.optimizer}`;
  if (!parts.every((part) => name.includes(part))) continue;
  const started = performance.now();
  const network = (networks as Record<string, NetworkData>)[stored.network];
  const trained = await trainAsKeras(stored, network, how);
  const keras = { losses: stored.losses, weights: storedWeights(stored, stored) };
  const float64 = stored.float64 && {
    losses: stored.float64.losses,
    weights: storedWeights(stored.float64, stored),
  };
  const kerasErs = float64 && errors(keras, float64);
  const reference = kerasErs && Math.max(kerasErs.losses, kerasErs.weights) > LIMIT ? float64! : keras;
  const ours = errors(trained, reference);
  const complaints = [
    ...(ours.losses <= LIMIT ? [] : ['losses']),
    ...(ours.weights <= LIMIT ? [] : [`weight ${ours.worst}`]),
    ...trained.changedThoughFrozen.map((weight) => `${weight} is frozen and changed`),
    ...(sameNames(trained.frozen, stored.frozen) ? [] : [`frozen are ${trained.frozen.join(', ')}`]),
  ];
  console.log(
    [
      name.padEnd(40),
      `losses ${ours.losses.toExponential(1)}`,
      stored.file ? `weights ${ours.weights.toExponential(1)}` : 'losses only    ',
      `${((performance.now() - started) / 1000).toFixed(1)} s`,
      reference === keras
        ? ''
        : `of float64, from which Keras' float32 is ${kerasErs!.weights.toExponential(1)} away`,
      complaints.length === 0 ? '' : `NOT: ${complaints.join('; ')}`,
    ].join('  '),
  );
  if (complaints.length > 0) process.exitCode = 1;
}

function errors(
  a: Pick<TrainedCase, 'losses' | 'weights'>,
  b: Pick<TrainedCase, 'losses' | 'weights'>,
): Errors {
  let weights = 0;
  let worst = 'none';
  for (const [name, values] of b.weights) {
    const error = relativeError(a.weights.get(name) ?? [], values);
    if (!(error <= weights)) [weights, worst] = [error, name];
  }
  return { losses: relativeError(a.losses, b.losses), weights, worst };
}

function storedWeights(
  { file }: StoredTraining,
  { weights = [] }: StoredCase,
): ReadonlyMap<string, Float32Array> {
  if (!file) return new Map();
  const values = new Float32Array(new Uint8Array(readFileSync(path.join(folder!, file))).buffer);
  const stored = new Map<string, Float32Array>();
  let start = 0;
  for (const [name, length] of weights) {
    stored.set(name, values.subarray(start, start + length));
    start += length;
  }
  return stored;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}
