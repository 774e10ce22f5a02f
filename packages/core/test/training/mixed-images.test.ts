import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { type MixableImages, type MixOptions, mixImages } from '@thawjs/datasets';
import { rocAucScore } from '@thawjs/metrics';
import { afterEach, expect, test } from 'vitest';
import {
  adamW,
  asymmetricLoss,
  type Callback,
  checkpoint,
  classifier,
  type LabelledImages,
  oneCycle,
  type PhaseOptions,
  phase,
  sgd,
  unfreeze,
} from '../../src';
import { bytes, LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

const mixed = (options: MixOptions, images = 22) =>
  mixImages(tinyImages(images) as unknown as MixableImages, options) as unknown as LabelledImages;
const fresh = () => classifier(tinyBackbone(), { labels: LABELS, dropout: 0, standardize: false });

test('labels between 0 and 1 count as they are in the loss, and rounded in the metrics', async () => {
  const model = fresh();
  // In mode 'training', steps and predictions would normalise by other statistics.
  unfreeze(model, 'all', { batchNorm: 'affine' });
  const train = mixed({ mixup: 1, cutmix: 1 });
  const { history } = await phase(model, {
    name: 'thaw',
    train,
    epochs: 1,
    batchSize: 8,
    learningRate: 1e-12,
    optimizer: sgd,
  });
  const [yTrue, yScore]: [number[], number[]] = [[], []];
  for await (const batch of train.batches({ size: [8, 8], batchSize: 8, shuffle: true, seed: 0, epoch: 0 })) {
    const pixels = tf.tensor4d(Float32Array.from(batch.pixels), [...batch.shape]);
    const { data } = await model.predict(pixels);
    yTrue.push(...batch.y);
    yScore.push(...data);
  }
  expect(yTrue.some((y) => y > 0.01 && y < 0.99)).toBe(true);
  const terms = yTrue.map((y, i) => -y * Math.log(yScore[i]) - (1 - y) * Math.log(1 - yScore[i]));
  expect(history[0].loss).toBeCloseTo(terms.reduce((sum, term) => sum + term, 0) / terms.length, 5);
  const shape: [number, number] = [22, 2];
  const rounded = Uint8Array.from(yTrue, Math.round);
  const auc = rocAucScore(
    { data: rounded, shape },
    { data: Float32Array.from(yScore), shape },
    { average: 'macro' },
  );
  expect(history[0].auc).toBeCloseTo(auc as number, 9);
});

test('mixing, losses, schedules, rates by depth, averages and accumulation go together, over a kill too', async () => {
  const options = (): PhaseOptions => ({
    name: 'thaw',
    train: mixed({ mixup: 0.4, cutmix: 1 }),
    validation: tinyImages(6, 2),
    epochs: 3,
    batchSize: 4,
    learningRate: oneCycle(0.02),
    layerDecay: 0.8,
    loss: asymmetricLoss({ positiveWeights: { effectiveNumber: 0.9 }, labelSmoothing: 0.05 }),
    optimizer: (o) => adamW({ ...o, gradientAccumulationSteps: 2, globalClipnorm: 1 }),
    weightAverage: { kind: 'swa', from: 0.5 },
  });
  const whole = fresh();
  const { history } = await phase(whole, options());
  const folder = await mkdtemp(join(tmpdir(), 'thaw-mixed-'));
  const run = (more: readonly Callback[]) => {
    const model = fresh();
    const callbacks = [checkpoint(folder, { everySteps: 1 }), ...more];
    return { model, result: phase(model, { ...options(), resume: folder, callbacks }) };
  };
  const killed: Callback = {
    onBatchEnd({ activity, epoch, batch }) {
      if (activity === 'train' && epoch === 1 && batch === 4) throw new Error('killed');
    },
  };
  await expect(run([killed]).result).rejects.toThrow('killed');
  const { model, result } = run([]);
  const resumed = await result;
  expect(bytes(model)).toEqual(bytes(whole));
  const withoutTime = (rows: typeof history) => rows.map(({ seconds, ...row }) => row);
  expect(withoutTime(resumed.history)).toEqual(withoutTime(history));
  await rm(folder, { recursive: true });
});
