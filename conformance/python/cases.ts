import * as tf from '@tensorflow/tfjs-layers';
import {
  adamW,
  type Classifier,
  classifier,
  cosine,
  type FineTuneOptions,
  focalLoss,
  rmsprop,
  sgd,
} from '../../packages/core/src/index';

/** A recipe that runs both here and in thaw_keras. */
export interface Case {
  readonly dropout: number;
  readonly options: Omit<FineTuneOptions, 'train' | 'validation'>;
}

/** Together, the cases contain every entry of a recipe that thaw_keras runs. */
export const CASES: Readonly<Record<string, Case>> = {
  plain: {
    dropout: 0,
    options: {
      batchSize: 4,
      head: { epochs: 1, learningRate: 0.02 },
      thaw: {
        epochs: 2,
        learningRate: cosine(0.02, { warmup: 0.2 }),
        optimizer: (of) => sgd({ ...of, momentum: 0.9 }),
        freezeFirst: 3,
      },
    },
  },
  varied: {
    dropout: 0.25,
    options: {
      batchSize: 4,
      seed: 7,
      augment: { flip: true, rotation: 0.05, zoom: 0.1, translation: 0.1 },
      loss: focalLoss({ gamma: 1.5, positiveWeights: 'balanced', labelSmoothing: 0.05 }),
      earlyStopping: { monitor: 'val_loss', patience: 3 },
      head: { epochs: 3, learningRate: 0.01, views: 2, headStart: 'base-rates' },
      thaw: {
        epochs: 2,
        learningRate: 0.003,
        batchNorm: 'training',
        optimizer: (of) => adamW({ ...of, globalClipnorm: 0.1, gradientAccumulationSteps: 2 }),
        weightAverage: 0.8,
        learningRateFactors: [[/^conv/, 0.5]],
      },
    },
  },
  chosen: {
    dropout: 0.2,
    options: {
      precision: 'float32',
      head: { epochs: 3 },
      thaw: { epochs: 10, optimizer: (of) => rmsprop({ ...of, momentum: 0.5, centered: true }) },
    },
  },
};

/** A small network with two BatchNormalizations, with a new head. */
export function smallClassifier(labels: readonly string[], dropout: number): Classifier {
  const input = tf.input({ shape: [16, 16, 3], name: 'image' });
  const seeded = (seed: number) => tf.initializers.heNormal({ seed });
  let x = input;
  const filters = [6, 8];
  for (const [i, count] of filters.entries()) {
    const layers = [
      tf.layers.conv2d({
        name: `conv_${i}`,
        filters: count,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        kernelInitializer: seeded(i + 1),
        useBias: false,
      }),
      tf.layers.batchNormalization({ name: `bn_${i}`, momentum: 0.9 }),
      // No ReLU: at its bend, two float32 trainings may fall on different sides.
      tf.layers.activation({ name: `act_${i}`, activation: 'swish' }),
    ];
    x = layers.reduce((value, layer) => layer.apply(value) as tf.SymbolicTensor, x);
  }
  return classifier(
    {
      name: 'small',
      model: tf.model({ inputs: input, outputs: x, name: 'small' }),
      preprocessing: { channelOrder: 'bgr', mean: [103, 116, 123], scale: [0.02, 0.018, 0.017] },
      stages: filters.map((_, i) => ({ name: `stage_${i}`, layers: [`conv_${i}`, `bn_${i}`, `act_${i}`] })),
    },
    { labels, dropout, seed: 5 },
  );
}
