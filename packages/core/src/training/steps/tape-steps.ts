import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { leafLayers } from '../../freezing/leaf-layers';
import type { Loss } from '../loss';
import type { Optimizer } from '../optimizers/optimizer';
import type { TrainingSteps } from './training-step';

/** Steps by TensorFlow.js' own differentiation: for models that can't become a program. */
export function tapeSteps(
  model: LayersModel,
  loss: Loss,
  learning: readonly tf.Variable[],
  optimizer: Optimizer,
): TrainingSteps {
  const dropout = seededDropout(model);
  return {
    way: 'tape',
    begin() {},
    train({ x, y, weights }, random) {
      dropout.next(random);
      return tf.tidy(() => {
        let scores: tf.Tensor2D | undefined;
        const { value, grads } = tf.variableGrads(() => {
          scores = model.apply(x, { training: true }) as tf.Tensor2D;
          return total(model, loss(y, tf.keep(scores)), weights);
        }, [...learning]);
        optimizer.apply(learning, grads);
        return { loss: value, scores: scores! };
      });
    },
    evaluate: ({ x, y, weights }) =>
      tf.tidy(() => {
        const scores = model.apply(x, { training: false }) as tf.Tensor2D;
        return { loss: total(model, loss(y, scores), weights), scores };
      }),
    end: () => dropout.restore(),
    dispose() {},
  };
}

/**
 * The weighted mean over the images, and the penalties of the layers' regularizers, as Keras adds them: of a layer once,
 * however often it is called (a tfjs model counts it at each call).
 */
function total(model: LayersModel, losses: tf.Tensor1D, weights: tf.Tensor1D): tf.Scalar {
  const penalties = leafLayers(model).flatMap(({ layer }) => layer.calculateLosses());
  return tf.addN([tf.mean(tf.mul(losses, weights)), ...penalties]) as tf.Scalar;
}

/**
 * tfjs-layers' Dropout draws the same mask in every step where it has a seed, and one that can't be repeated
 * where it has none: give it a fresh seed a step, and its own back at the end.
 */
function seededDropout(model: LayersModel) {
  const layers = leafLayers(model)
    .map(({ layer }) => layer as typeof layer & { seed?: number })
    .filter((layer) => /Dropout$/.test(layer.getClassName()));
  const own = layers.map(({ seed }) => seed);
  return {
    next: (random: () => number) => {
      for (const layer of layers) layer.seed = Math.floor(random() * 2 ** 31);
    },
    restore: () => {
      for (const [i, layer] of layers.entries()) layer.seed = own[i];
    },
  };
}
