import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type BackendName, useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  adam,
  adamW,
  type BatchNormMode,
  type Callback,
  classifier,
  type LabelledImages,
  type Optimizer,
  type PhaseOptions,
  phase,
  rmsprop,
  sgd,
  unfreeze,
} from '../../../src';
import { PrecisionError } from '../../../src/errors';
import { lackingForBfloat16 } from '../../../src/run/precision';
import { modelWeights } from '../../../src/weights/model-weights';
import { LABELS, tensorCount, tinyBackbone, tinyImages } from '../../tiny';

const train = tinyImages(22, 1);
const validation = tinyImages(6, 2);

type Way = NonNullable<PhaseOptions['way']>;

afterEach(() => tf.disposeVariables());

/** A phase on all layers, its history, its weights at the end, and what it noted. */
async function run(way: Way, options: Partial<PhaseOptions> = {}, batchNorm: BatchNormMode = 'affine') {
  const model = classifier(tinyBackbone(), { labels: LABELS, dropout: 0 });
  unfreeze(model, 'all', { batchNorm });
  const notes: string[] = [];
  const callbacks = [{ onNote: (text: string) => void notes.push(text) }, ...(options.callbacks ?? [])];
  const { history } = await phase(model, {
    name: 'all',
    train,
    validation,
    batchSize: 8,
    epochs: 3,
    learningRate: 0.01,
    way,
    ...options,
    callbacks,
  });
  const weights = modelWeights(model.model).map(({ variable }) => variable.dataSync<'float32'>().slice());
  model.dispose();
  return { history, weights, notes };
}

type Result = Awaited<ReturnType<typeof run>>;

/** Losses and weights, each to a share of the largest number that it is among. */
function expectNear(a: Result, b: Result, share: number): void {
  for (const [i, { loss, val_loss }] of a.history.entries()) {
    expect(Math.abs(loss - b.history[i].loss)).toBeLessThan(share * b.history[i].loss);
    expect(Math.abs(val_loss - b.history[i].val_loss)).toBeLessThan(share * b.history[i].val_loss);
  }
  for (const [i, values] of a.weights.entries()) {
    const largest = b.weights[i].reduce((max, value) => Math.max(max, Math.abs(value)), 0.1);
    const furthest = values.reduce((max, value, n) => Math.max(max, Math.abs(value - b.weights[i][n])), 0);
    expect(furthest).toBeLessThan(share * largest);
  }
}

function expectTheSame(a: Result, b: Result): void {
  for (const [i, row] of a.history.entries()) {
    expect(row.loss).toBeCloseTo(b.history[i].loss, 4);
    expect(row.val_loss).toBeCloseTo(b.history[i].val_loss, 4);
  }
  for (const [i, values] of a.weights.entries()) {
    const size = b.weights[i].reduce((max, value) => Math.max(max, Math.abs(value)), 1e-3);
    expect(Math.max(...values.map((value, n) => Math.abs(value - b.weights[i][n]))) / size).toBeLessThan(
      2e-3,
    );
  }
}

const optimizers: Record<string, (options: { learningRate: number }) => Optimizer> = {
  adam,
  'adam, clipped': (options) => adam({ ...options, globalClipnorm: 0.05 }),
  'adamW, accumulating': (options) => adamW({ ...options, weightDecay: 0.1, gradientAccumulationSteps: 2 }),
  'sgd, Nesterov': (options) => sgd({ ...options, momentum: 0.9, nesterov: true }),
  'rmsprop, centered': (options) => rmsprop({ ...options, centered: true, momentum: 0.5 }),
};

describe.each<[BackendName, Way]>([
  ['native', 'graph'],
  ['native', 'plan'],
  ['cpu', 'plan'],
  ['wasm', 'plan'],
])('on %s, by %s', (backend, way) => {
  beforeAll(async () => {
    await useBestBackend({ prefer: [backend], log: () => {} });
  });

  test.each(Object.entries(optimizers))('%s trains as on the tape', async (_, optimizer) => {
    const ours = await run(way, { optimizer });
    expect(ours.notes).toEqual([]);
    expectTheSame(ours, await run('tape', { optimizer }));
  });

  test("BatchNormalization goes by the batch's statistics, and moves its own, as on the tape", async () => {
    // Not with Adam: a bias before it has no gradient but rounding, of which Adam makes whole steps.
    const optimizer = sgd;
    expectTheSame(await run(way, { optimizer }, 'training'), await run('tape', { optimizer }, 'training'));
  });

  test('a backward pass that computes the forward pass anew gives the same', async () => {
    const anew = await run(way, { optimizer: sgd, recompute: true }, 'training');
    expectTheSame(anew, await run(way, { optimizer: sgd }, 'training'));
  });

  test('layers learn at rates of their own', async () => {
    const options: Partial<PhaseOptions> = {
      learningRateFactors: [
        ['all', 0.01],
        [/predictions/, 1],
      ],
    };
    expectTheSame(await run(way, options), await run('tape', options));
    const [slow, fast] = [await run(way, options), await run(way)];
    expect(slow.weights[0]).not.toEqual(fast.weights[0]);
  });

  test('what a callback writes to the weights is trained on', async () => {
    const written: Callback = {
      onEpochEnd(_, { classifier }) {
        for (const { name, variable } of modelWeights(classifier.model)) {
          if (/one_conv.kernel|moving_mean/.test(name)) tf.tidy(() => variable.assign(tf.mul(variable, 0.5)));
        }
      },
    };
    expectTheSame(await run(way, { callbacks: [written] }), await run('tape', { callbacks: [written] }));
  });

  test('what isn’t known of an image counts neither in the loss nor in the metrics', async () => {
    const known = Uint8Array.from(train.y, (_, i) => Number(i % 3 > 0));
    const partly = (ofUnknown: (label: number) => number): LabelledImages => {
      const y = train.y.map((label, i) => (known[i] ? label : ofUnknown(label)));
      return {
        ...train,
        y,
        known,
        async *batches(options) {
          for await (const batch of train.batches(options)) {
            const cells = [...batch.rows].flatMap((row) =>
              LABELS.map((_, label) => row * LABELS.length + label),
            );
            const of = (matrix: Uint8Array) => Uint8Array.from(cells, (cell) => matrix[cell]);
            yield { ...batch, y: of(y), known: of(known) };
          }
        },
      };
    };
    const asIs = await run(way, { train: partly((label) => label) });
    const turned = await run(way, { train: partly((label) => 1 - label) });
    const numbers = ({ history }: Result) => history.map(({ seconds, ...row }) => row);
    expect(numbers(turned)).toEqual(numbers(asIs));
    expect(turned.weights).toEqual(asIs.weights);
    expect(asIs.weights).not.toEqual((await run(way)).weights);
    expectTheSame(asIs, await run('tape', { train: partly((label) => label) }));
  });

  test('the same seed gives the same dropout and so the same run, another one another', async () => {
    const withDropout = async (seed: number) => {
      const model = classifier(tinyBackbone(), { labels: LABELS, dropout: 0.5 });
      const options = { name: 'all', train, batchSize: 8, epochs: 2, learningRate: 0.01, seed, way };
      const { history } = await phase(model, options);
      model.dispose();
      return history.map(({ loss }) => loss);
    };
    const first = await withDropout(1);
    expect(await withDropout(1)).toEqual(first);
    expect(await withDropout(2)).not.toEqual(first);
  });

  test('an epoch leaves no tensor and no byte behind', async () => {
    const counts: number[][] = [];
    const count: Callback = {
      onEpochEnd: () => void counts.push([tf.memory().numTensors, tf.memory().numBytes]),
    };
    const before = tensorCount();
    await run(way, { epochs: 20, callbacks: [count] });
    expect(counts[19]).toEqual(counts[1]);
    expect(tensorCount()).toBe(before);
  });
});

describe('a step', () => {
  beforeAll(async () => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
  });

  test('runs as two graphs where the loss is a function of tensors, and says so', async () => {
    const loss = (y: tf.Tensor2D, p: tf.Tensor2D) => tf.mean(tf.squaredDifference(y, p), 1) as tf.Tensor1D;
    const ours = await run('graph', { loss });
    expect(ours.notes).toEqual([
      'steps run as several graphs: TensorFlow has no kernel for the loss, a function of tensors.',
    ]);
    expectTheSame(ours, await run('tape', { loss }));
  });

  test.each<'graph' | 'plan'>(['graph', 'plan'])(
    'by %s counts regularizers and keeps constraints, as on the tape',
    async (way) => {
      const trained = async (of: Way) => {
        const backbone = tinyBackbone();
        const regular = tfl.layers.conv2d({
          filters: 4,
          kernelSize: 1,
          kernelInitializer: tfl.initializers.glorotUniform({ seed: 3 }),
          kernelRegularizer: tfl.regularizers.l2({ l2: 0.1 }),
          kernelConstraint: tfl.constraints.maxNorm({ maxValue: 0.5, axis: 0 }),
          name: 'regular',
        });
        const outputs = regular.apply(backbone.model.outputs[0]) as tfl.SymbolicTensor;
        const model = classifier(
          { ...backbone, model: tfl.model({ inputs: backbone.model.inputs, outputs, name: 'regular' }) },
          { labels: LABELS, dropout: 0 },
        );
        unfreeze(model);
        const notes: string[] = [];
        const { history } = await phase(model, {
          name: 'all',
          train,
          epochs: 1,
          learningRate: 0.01,
          way: of,
          callbacks: [{ onNote: (text) => void notes.push(text) }],
        });
        const norms = tf.tidy(() =>
          tf.sqrt(tf.sum(tf.square(regular.getWeights()[0]), [0, 1, 2])).dataSync(),
        );
        return { notes, loss: history[0].loss, norms };
      };
      const [ours, tape] = [await trained(way), await trained('tape')];
      expect(ours.notes).toEqual([]);
      expect(ours.loss).toBeCloseTo(tape.loss, 4);
      // maxNorm over axis 0 of a 1×1 kernel bounds each of its numbers, and so each filter's norm by √inputs · 0.5.
      expect(Math.max(...ours.norms)).toBeLessThan(1.0001);
      for (const [i, norm] of tape.norms.entries()) expect(norm).toBeCloseTo(ours.norms[i], 4);
    },
  );

  test('leaves what learns to its session, and whoever reads or copies it finds what it was then', async () => {
    const model = classifier(tinyBackbone(), { labels: LABELS, dropout: 0 });
    unfreeze(model);
    const { variable } = modelWeights(model.model).find(({ name }) => /one_conv.kernel/.test(name))!;
    const read: number[][] = [];
    const copies: tf.Tensor[] = [];
    const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
    const reading: Callback = {
      onBatchEnd: () => void read.push(values(variable)),
      onEpochEnd() {
        copies.push(tf.clone(variable));
        read.push(values(variable));
      },
    };
    await phase(model, {
      name: 'all',
      train,
      batchSize: 8,
      epochs: 2,
      learningRate: 0.01,
      way: 'graph',
      callbacks: [reading],
    });
    // Three batches an epoch, and its end.
    const [a, b, c, end, d, e, f, last] = read;
    expect(new Set([a, b, c, d, e, f].map(String)).size).toBe(6);
    expect([end, last]).toEqual([c, f]);
    expect(copies.map(values)).toEqual([c, f]);
    expect(values(variable)).toEqual(f);
    tf.dispose(copies);
    model.dispose();
  });

  test('leaves no file, and removes those of processes that ended before they could', async () => {
    // No process has a number that large.
    const left = path.join(tmpdir(), 'thaw-graph-999999999-abc');
    mkdirSync(left, { recursive: true });
    await run('graph', { epochs: 1 });
    expect(existsSync(left)).toBe(false);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`thaw-graph-${process.pid}-`))).toEqual([]);
  });
});

describe('in bfloat16', () => {
  test('losses are those of float32 to a hundredth, and what is learned has more bits than 8', async (context) => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    if (lackingForBfloat16()) return context.skip();
    const options = { epochs: 5, optimizer: sgd };
    const [low, full] = [
      await run('graph', { ...options, precision: 'bfloat16' }),
      await run('graph', options),
    ];
    expect(low.notes).toEqual([]);
    expectNear(low, full, 0.01);
    expect(low.history[0].loss).not.toBe(full.history[0].loss);
    expect(low.history[4].loss).toBeLessThan(low.history[0].loss);
    // More than 8 bits: sums and updates of weights are float32's.
    const fine = (values: Float32Array) =>
      values.some((value) => new Uint32Array(Float32Array.of(value).buffer)[0] & 0xffff);
    const learned = low.weights.filter((values) => values.some((value) => value % 1 !== 0));
    expect(learned.length).toBeGreaterThan(8);
    expect(learned.every(fine)).toBe(true);
  });

  test("BatchNormalization by the batch's statistics moves its own as in float32", async (context) => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    if (lackingForBfloat16()) return context.skip();
    const options = { epochs: 2, optimizer: sgd };
    const low = await run('graph', { ...options, precision: 'bfloat16' }, 'training');
    const full = await run('graph', options, 'training');
    expectNear(low, full, 0.03);
  });

  test('an epoch leaves no tensor behind, with recomputing too', async (context) => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    if (lackingForBfloat16()) return context.skip();
    const before = tensorCount();
    const anew = await run('graph', { optimizer: sgd, precision: 'bfloat16', recompute: true });
    expect(tensorCount()).toBe(before);
    // Other operations are fused then, and numbers rounded elsewhere.
    expectNear(anew, await run('graph', { optimizer: sgd, precision: 'bfloat16' }), 0.01);
  });

  test.each(['plan', 'tape'] as const)(
    'steps by %s are refused, by auto computed in float32',
    async (way) => {
      await useBestBackend({ prefer: ['native'], log: () => {} });
      if (lackingForBfloat16()) return;
      await expect(run(way, { precision: 'bfloat16' })).rejects.toThrow(PrecisionError);
      const { notes, history } = await run(way, { precision: 'auto', epochs: 1 });
      expect(notes.at(-1)).toMatch(/computed in float32/);
      expect(history[0].loss).toBe((await run(way, { epochs: 1 })).history[0].loss);
    },
  );

  test('a loss that is a function of tensors runs between two graphs, in float32', async () => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    if (lackingForBfloat16()) return;
    const loss = (y: tf.Tensor2D, p: tf.Tensor2D) => tf.mean(tf.squaredDifference(y, p), 1) as tf.Tensor1D;
    const low = await run('graph', { loss, precision: 'bfloat16', epochs: 1 });
    const full = await run('graph', { loss, epochs: 1 });
    expect(Math.abs(low.history[0].loss - full.history[0].loss)).toBeLessThan(0.02 * full.history[0].loss);
  });

  test.each(['cpu', 'wasm'] as const)('%s refuses it before anything is computed', async (backend) => {
    await useBestBackend({ prefer: [backend], log: () => {} });
    await expect(run('plan', { precision: 'bfloat16' })).rejects.toThrow(
      /phase "all": .*needs the native backend/,
    );
  });
});
