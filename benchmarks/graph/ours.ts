// Our side of one measure. Usage: MEASURE. Answers lines, see answering.ts.

import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import {
  classifier,
  defineLoss,
  fineTune,
  freeze,
  backbone as namedBackbone,
  type PhaseOptions,
  phase,
  resnet50,
  unfreeze,
} from '../../packages/core/src/index';
import { batchTensor } from '../../packages/core/src/prediction/batch-tensor';
import { forward } from '../../packages/core/src/prediction/forward';
import { resolvePrecision } from '../../packages/core/src/run/precision';
import { answering } from './answering';
import { LABELS, noise, SIDE } from './images';
import { type Measure, measures } from './measures';

const { name, unit, network, batchSize, images, mixedGoal } = measures.find(
  (measure) => measure.name === process.argv[2],
)!;
/** `custom`: train with a loss of ten lines instead of the built-in one. */
const isCustom = process.argv[3] === 'custom';
const precision = mixedGoal === undefined ? 'float32' : 'bfloat16';
await useBestBackend({ prefer: ['native'], log: console.error });
const random = { weights: null, inputSize: [SIDE, SIDE] } as const;
const backbone = await (network ? namedBackbone(network, random) : resnet50(random));
const model = classifier(backbone, { labels: LABELS, standardize: false });
const train = noise(images);

/** The focal loss of Lin et al., 2017, as a user writes it. */
const focal = defineLoss(({ logits, labels, ops }) => {
  const sign = ops.sub(ops.mul(labels, 2), 1);
  const ofTruth = ops.logSigmoid(ops.mul(logits, sign));
  return ops.neg(ops.mul(ops.square(ops.sub(1, ops.exp(ofTruth))), ofTruth));
});

const steps = (next: () => Promise<void>, options: Partial<PhaseOptions> = {}) =>
  phase(model, {
    name,
    train,
    batchSize,
    precision,
    epochs: 1000,
    learningRate: 1e-5,
    metrics: {},
    ...(isCustom && { loss: focal }),
    // A whole step is measured, frozen layers included.
    featureCache: false,
    callbacks: [{ onEpochEnd: next }],
    ...options,
  });

const head = { epochs: 8, learningRate: 1e-3 };
const units: Record<Measure['unit'], (next: () => Promise<void>) => Promise<unknown>> = {
  // Like predict for many images. The program is made only once, as Keras makes its function once.
  async forward(next) {
    const network = await forward(model.model, 1000, model.preprocessing, resolvePrecision(name, precision));
    for (;;) {
      for await (const batch of train.batches({ size: [SIDE, SIDE], batchSize })) {
        const x = batchTensor(model, batch);
        const scores = await network.run(x);
        await scores.data();
        tf.dispose([x, scores]);
      }
      await next();
    }
  },
  fine(next) {
    unfreeze(model, 'all', { batchNorm: 'frozen' });
    if (!network) freeze(model, { first: 10 });
    return steps(next);
  },
  affine(next) {
    unfreeze(model);
    freeze(model, { first: 10 });
    return steps(next);
  },
  bn(next) {
    unfreeze(model, 'all', { batchNorm: 'training' });
    return steps(next);
  },
  async head(next) {
    for (;;) {
      await fineTune(model, { train, batchSize, head, thaw: false, metrics: {} });
      await next();
    }
  },
  seed: (next) =>
    fineTune(model, {
      train,
      batchSize,
      head,
      thaw: { epochs: 20, learningRate: 1e-5, freezeFirst: 10 },
      metrics: {},
      callbacks: [{ onEpochEnd: next }],
    }),
};
await answering(async (next) => {
  await units[unit](next);
});
