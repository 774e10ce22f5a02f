// Our side of one measure: MEASURE. Answers lines, see answering.ts.

import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import {
  classifier,
  fineTune,
  freeze,
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
import { measures } from './measures';

const { name, batchSize, images, mixedGoal } = measures.find((measure) => measure.name === process.argv[2])!;
const precision = mixedGoal === undefined ? 'float32' : 'bfloat16';
await useBestBackend({ prefer: ['native'], log: console.error });
const backbone = await resnet50({ weights: null, inputSize: [SIDE, SIDE] });
const model = classifier(backbone, { labels: LABELS, standardize: false });
const train = noise(images);

const steps = (next: () => Promise<void>, options: Partial<PhaseOptions> = {}) =>
  phase(model, {
    name,
    train,
    batchSize,
    precision,
    epochs: 1000,
    learningRate: 1e-5,
    metrics: {},
    // A step is measured with all that is in it, the frozen layers too.
    featureCache: false,
    callbacks: [{ onEpochEnd: next }],
    ...options,
  });

const head = { epochs: 8, learningRate: 1e-3 };
const units: Record<string, (next: () => Promise<void>) => Promise<unknown>> = {
  // As predict does over many images, but made once, as Keras makes its function once.
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
    freeze(model, { first: 10 });
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
  await units[name.split('-')[0]](next);
});
