import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import {
  asymmetricLoss,
  binaryCrossentropy,
  type Callback,
  classifier,
  focalLoss,
  type LabelledImages,
  type LabelWeights,
  type Loss,
  lossOf,
  OptionError,
  phase,
} from '../../src';
import { imageLosses } from '../../src/losses/define-loss';
import { gradients } from '../../src/program/autodiff';
import { Program } from '../../src/program/ir';
import { constant, input } from '../../src/program/operations/sources';
import { opsOf } from '../../src/program/ops';
import { runAtOnce } from '../../src/run/interpret';
import fixture from '../fixtures/losses.json';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

const valuesOf = (loss: Loss, y: number[][], p: number[][], known?: number[][]) =>
  tf.tidy(() => [...loss(tf.tensor2d(y), tf.tensor2d(p), known && tf.tensor2d(known)).dataSync()]);

test.each(fixture.cases)(
  `$loss of $options with labels $labels is Keras ${fixture.versions.keras}'s, or the paper's formula`,
  ({ loss, options, y, values }) => {
    const ours = valuesOf(lossOf({ loss, ...options }), y, fixture.p);
    for (const [row, value] of ours.entries()) {
      expect(Math.abs(value - values[row]), `row ${row}`).toBeLessThan(1e-5 * (1 + values[row]));
    }
  },
);

/** Labels with given counts of positive and negative images. One more image has no known label. */
function counted(positives: readonly number[], negatives: readonly number[]): LabelledImages {
  const length = positives[0] + negatives[0] + 1;
  const columns = positives.length;
  const y = Uint8Array.from({ length: length * columns }, (_, i) =>
    Number(Math.floor(i / columns) < positives[i % columns]),
  );
  const known = new Uint8Array(y.length).fill(1);
  y.fill(1, (length - 1) * columns);
  known.fill(0, (length - 1) * columns);
  const labels = positives.map((_, i) => `label ${i}`);
  return { ...tinyImages(1), length, labels, y, known };
}

test.each(fixture.weights.cases)(
  'positiveWeights and labelWeights of $option are what the paper says, from known labels alone',
  ({ option, positiveWeights, labelWeights }) => {
    const { positives, negatives } = fixture.weights;
    const data = counted(positives, negatives);
    const half = [positives.map(() => 0.5)];
    const ones = [positives.map(() => 1)];
    for (const [name, weights] of Object.entries({ positiveWeights, labelWeights })) {
      const loss = binaryCrossentropy({ [name]: option as LabelWeights });
      expect(() => loss(tf.tensor2d(ones), tf.tensor2d(half))).toThrow(/expected .* as numbers, or a phase/);
      const fitted = JSON.parse(JSON.stringify(loss.forData?.(data)));
      for (const [i, weight] of weights.entries()) expect(fitted[name][i] / weight).toBeCloseTo(1, 9);
    }
  },
);

test('labels without positive or negative images have positives of weight 1', () => {
  const loss = binaryCrossentropy({ positiveWeights: 'balanced' }).forData?.(counted([0, 4, 1], [4, 0, 3]));
  expect(loss?.toJSON?.()).toEqual({
    loss: 'binaryCrossentropy',
    labelSmoothing: 0,
    positiveWeights: [1, 1, 3],
  });
});

test('a label that is known for no image leaves the weights of the other labels as they are', () => {
  const data = counted([1, 30], [99, 70]);
  const wider = (values: Uint8Array) =>
    Uint8Array.from({ length: 3 * data.length }, (_, i) =>
      i % 3 < 2 ? values[2 * Math.floor(i / 3) + (i % 3)] : 0,
    );
  const weightsOf = (images: LabelledImages): Record<'labelWeights' | 'positiveWeights', number[]> => {
    const loss = binaryCrossentropy({ labelWeights: 'balanced', positiveWeights: 'balanced' });
    return JSON.parse(JSON.stringify(loss.forData?.(images)));
  };
  const { labelWeights, positiveWeights } = weightsOf(data);
  const known = data.known ?? new Uint8Array();
  const labels = [...data.labels, 'unknown'];
  expect(weightsOf({ ...data, labels, y: wider(data.y), known: wider(known) })).toMatchObject({
    labelWeights: [...labelWeights, 1],
    positiveWeights: [...positiveWeights, 1],
  });
  const ones = { labelWeights: [1, 1], positiveWeights: [1, 1] };
  expect(weightsOf({ ...data, known: new Uint8Array(data.y.length) })).toMatchObject(ones);
});

test('a phase computes weights from its training labels', async () => {
  const train = tinyImages(24);
  const positives = LABELS.map((_, label) => {
    const own = train.y.filter((_, i) => i % LABELS.length === label);
    return own.reduce((sum, value) => sum + value, 0);
  });
  const lossesWith = async (loss: Loss) => {
    const model = classifier(tinyBackbone(), { labels: LABELS });
    const losses: number[] = [];
    const watch: Callback = { onEpochEnd: (row) => void losses.push(row.loss) };
    await phase(model, { name: 'head', train, epochs: 2, learningRate: 0.05, loss, callbacks: [watch] });
    return losses;
  };
  const byData = await lossesWith(binaryCrossentropy({ positiveWeights: 'balanced' }));
  const byHand = await lossesWith(
    binaryCrossentropy({ positiveWeights: positives.map((count) => (24 - count) / count) }),
  );
  expect(byData).toEqual(byHand);
  expect(byData).not.toEqual(await lossesWith(binaryCrossentropy()));
});

const NAMED: readonly ((options?: object) => Loss)[] = [asymmetricLoss, binaryCrossentropy, focalLoss];

test.each(NAMED.map((loss) => [loss.name, loss]))(
  '%s counts known labels alone, each image with its own mean',
  (_, make) => {
    const loss = make({ labelSmoothing: 0.1, positiveWeights: [2, 3], labelWeights: [1, 5] });
    const [first, second] = [
      [1, 0.3],
      [0, 0.8],
    ].map(([y, p], label) => {
      const rest = [Number(label === 0), Number(label === 1)];
      return valuesOf(loss, [rest.map((known) => y * known)], [[p, p]], [rest])[0];
    });
    const [both, none] = valuesOf(
      loss,
      [
        [1, 0],
        [0, 0],
      ],
      [
        [0.3, 0.8],
        [0.3, 0.8],
      ],
      [
        [1, 1],
        [0, 0],
      ],
    );
    expect(both).toBeCloseTo((first + second) / 2, 5);
    expect(none).toBe(0);
  },
);

test.each(NAMED.map((loss) => [loss.name, loss]))('%s takes NaN for a label that is not known', (_, make) => {
  const [p, known] = [[[0.3, 0.8]], [[0, 1]]];
  const loss = make({ labelSmoothing: 0.1, positiveWeights: [2, 3] });
  const [found] = valuesOf(loss, [[Number.NaN, 1]], p, known);
  expect(found).toBe(valuesOf(loss, [[0, 1]], p, known)[0]);
  expect(found).toBeGreaterThan(0);
});

test.each<[string, Loss]>([
  ['binaryCrossentropy', binaryCrossentropy({ positiveWeights: [3] })],
  ['focalLoss', focalLoss({ gamma: 0.3 })],
  ['asymmetricLoss', asymmetricLoss({ gammaPositive: 0.5, gammaNegative: 0.5, clip: 0 })],
  ['asymmetricLoss with a clip', asymmetricLoss({ gammaNegative: 0.5 })],
])('%s and its gradient are finite however large the logits', (_, loss) => {
  const program = new Program();
  const [logits, labels] = ['logits', 'labels'].map((name) => input(program, [], { name, sizes: [null, 1] }));
  const ops = opsOf(program);
  const known = ops.add(ops.mul(labels, 0), 1);
  const given = { ops, logits, probabilities: ops.sigmoid(logits), labels, known };
  const mean = ops.mean(imageLosses(loss.definition!, given));
  const one = constant(program, [], { values: [1], sizes: [] });
  const gradient = gradients(program, mean, one, [logits]).get(logits)!;
  const values = new Map([
    [logits, tf.tensor2d([[-200], [200], [-200], [200], [-20], [20], [0]])],
    [labels, tf.tensor2d([[0], [0], [1], [1], [1], [0], [1]])],
  ]);
  for (const tensor of runAtOnce({ program, outputs: [mean, gradient] }, values, { portable: true })) {
    const numbers = [...tensor.dataSync()];
    expect(numbers.filter(Number.isFinite)).toEqual(numbers);
    expect(numbers.some((number) => number !== 0)).toBe(true);
  }
});

test.each(NAMED.map((loss) => [loss.name, loss]))('%s is the same after a way through JSON', (_, make) => {
  const text = JSON.stringify(
    make({ labelSmoothing: 0.1, positiveWeights: Float32Array.of(2, 3), labelWeights: 'balanced' }),
  );
  expect(JSON.stringify(lossOf(JSON.parse(text)))).toBe(text);
});

test.each<[() => unknown, string]>([
  [() => focalLoss({ gamma: -1 }), 'focalLoss: expected gamma of 0 or more; received -1.'],
  [() => focalLoss({ alpha: 1.5 }), 'focalLoss: expected alpha from 0 to 1; received 1.5.'],
  [
    () => focalLoss({ Gamma: 2 } as never),
    'focalLoss: expected options among labelSmoothing, positiveWeights, labelWeights, gamma, alpha; received "Gamma".',
  ],
  [() => asymmetricLoss({ clip: 1 }), 'asymmetricLoss: expected clip from 0 to below 1; received 1.'],
  [
    () => asymmetricLoss({ labelWeights: 'effective' as never }),
    `expected labelWeights to be a list of numbers above 0, one per label, 'balanced', or { effectiveNumber }`,
  ],
  [() => focalLoss({ positiveWeights: { effectiveNumber: 1 } }), 'expected positiveWeights to be a list'],
  [() => focalLoss({ positiveWeights: [1, Number.NaN] }), 'expected positiveWeights to be a list'],
  [
    () => lossOf({ loss: 'focal' }),
    'expected a loss among asymmetricLoss, binaryCrossentropy, focalLoss; received "focal".',
  ],
  [() => focalLoss(3 as never), 'focalLoss: expected an object of options; received 3.'],
  [() => asymmetricLoss(null as never), 'asymmetricLoss: expected an object of options; received null.'],
  [
    () => binaryCrossentropy('balanced' as never),
    'binaryCrossentropy: expected an object of options; received "balanced".',
  ],
  [
    () => focalLoss({ labelWeights: [1] })(tf.zeros([1, 2]), tf.fill([1, 2], 0.5)),
    'focalLoss: expected one of labelWeights per label, 2; received 1.',
  ],
])('refuses %s', (make, message) => {
  expect(make).toThrow(OptionError);
  expect(make).toThrow(message);
});
