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
  /** Whether the network has a residual block. */
  readonly residual?: boolean;
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
    residual: true,
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
        stochasticDepth: 0.3,
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

/** A small network with BatchNormalizations, with a new head. */
export function smallClassifier(
  labels: readonly string[],
  { dropout, residual = false }: Pick<Case, 'dropout' | 'residual'>,
): Classifier {
  const input = tf.input({ shape: [16, 16, 3], name: 'image' });
  const seeded = (seed: number) => tf.initializers.heNormal({ seed });
  const convolution = (x: tf.SymbolicTensor, i: number, filters: number, strides: number) => {
    const layers = [
      tf.layers.conv2d({
        name: `conv_${i}`,
        filters,
        kernelSize: 3,
        strides,
        padding: 'same',
        kernelInitializer: seeded(i + 1),
        useBias: false,
      }),
      tf.layers.batchNormalization({ name: `bn_${i}`, momentum: 0.9 }),
      // No ReLU: at its bend, two float32 trainings may fall on different sides.
      tf.layers.activation({ name: `act_${i}`, activation: 'swish' }),
    ];
    return layers.reduce((value, layer) => layer.apply(value) as tf.SymbolicTensor, x);
  };
  const stage = (i: number) => ({ name: `stage_${i}`, layers: [`conv_${i}`, `bn_${i}`, `act_${i}`] });
  const stages = [stage(0), stage(1)];
  let x = convolution(convolution(input, 0, 6, 2), 1, 8, 2);
  if (residual) {
    x = tf.layers.add({ name: 'add_2' }).apply([x, convolution(x, 2, 8, 1)]) as tf.SymbolicTensor;
    stages.push({ ...stage(2), layers: [...stage(2).layers, 'add_2'] });
  }
  return classifier(
    {
      name: 'small',
      model: tf.model({ inputs: input, outputs: x, name: 'small' }),
      preprocessing: { channelOrder: 'bgr', mean: [103, 116, 123], scale: [0.02, 0.018, 0.017] },
      stages,
    },
    { labels, dropout, seed: 5 },
  );
}
