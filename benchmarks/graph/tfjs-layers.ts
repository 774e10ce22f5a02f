// TensorFlow.js as shipped, on the same backend. Usage: MEASURE. Answers lines, see answering.ts.

import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { useBestBackend } from '../../packages/backends/src/index';
import { backbone, resnet50 } from '../../packages/core/src/index';
import { answering } from './answering';
import { LABELS, noise, SIDE } from './images';
import { type Measure, measures } from './measures';

const { unit, network, batchSize, images } = measures.find((measure) => measure.name === process.argv[2])!;
await useBestBackend({ prefer: ['native'], log: console.error });
// Before a classifier is made, our backbone is a plain LayersModel of TensorFlow.js' own layers.
const random = { weights: null, inputSize: [SIDE, SIDE] } as const;
const { model: base } = await (network ? backbone(network, random) : resnet50(random));
const pooled = tfl.layers.globalAveragePooling2d({}).apply(base.outputs[0]);
const dropped = tfl.layers.dropout({ rate: 0.2 }).apply(pooled);
const scores = tfl.layers.dense({ units: LABELS.length, activation: 'sigmoid' }).apply(dropped);
const model = tfl.model({ inputs: base.inputs, outputs: scores as tfl.SymbolicTensor });
const data = noise(images);

async function* batches() {
  for await (const { pixels, y, rows, shape } of data.batches({ size: [SIDE, SIDE], batchSize })) {
    const x = tf.tidy(() => tf.sub(tf.tensor(Float32Array.from(pixels), [...shape]), 120));
    const labels = tf.tensor2d(Float32Array.from(y), [rows.length, LABELS.length]);
    yield { x, labels };
    tf.dispose([x, labels]);
  }
}

/** `fit` can't freeze BatchNormalization. Users can write a step themselves, in inference mode, as here. */
async function stepsByHand(next: () => Promise<void>) {
  const optimizer = tf.train.adam(1e-5);
  for (const layer of base.layers.slice(0, network ? 0 : 10)) layer.trainable = false;
  for (const layer of base.layers) if (/BatchNorm/.test(layer.getClassName())) layer.trainable = false;
  const learning = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  for (;;) {
    for await (const { x, labels } of batches()) {
      const loss = optimizer.minimize(
        () =>
          tf.mean(
            tfl.metrics.binaryCrossentropy(labels, model.apply(x, { training: false }) as tf.Tensor),
          ) as tf.Scalar,
        true,
        learning,
      )!;
      await loss.data();
      loss.dispose();
    }
    await next();
  }
}

async function trainOn(next: () => Promise<void>, epochs: number) {
  model.compile({ optimizer: tf.train.adam(1e-5), loss: 'binaryCrossentropy' });
  for (;;) {
    for (let epoch = 0; epoch < epochs; epoch++) {
      for await (const { x, labels } of batches()) await model.trainOnBatch(x, labels);
    }
    await next();
  }
}

const units: Partial<Record<Measure['unit'], (next: () => Promise<void>) => Promise<unknown>>> = {
  async forward(next) {
    for (;;) {
      for await (const { x } of batches()) {
        const y = tf.tidy(() => model.apply(x, { training: false }) as tf.Tensor);
        await y.data();
        y.dispose();
      }
      await next();
    }
  },
  fine: stepsByHand,
  affine: stepsByHand,
  bn: (next) => trainOn(next, 1),
  head(next) {
    for (const layer of base.layers) layer.trainable = false;
    return trainOn(next, 8);
  },
};
await answering(async (next) => {
  await units[unit]!(next);
});
