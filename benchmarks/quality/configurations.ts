import {
  adamW,
  asymmetricLoss,
  type ClassifierOptions,
  cosine,
  type FineTuneOptions,
  focalLoss,
  oneCycle,
} from '../../packages/core/src/index';
import type { MixOptions } from '../../packages/datasets/src/index';
import { distributionBalancedLoss, twoWayLoss } from './losses';

/** A training: all its options besides the data and the seed. */
export interface Training {
  readonly name: string;
  /** `'face'`, or names of `backbones()`. Several networks are used side by side. */
  readonly networks: readonly string[];
  /** Height and width of the images. */
  readonly size: readonly [height: number, width: number];
  /**
   * The number of training images; by default all. The number of validation images is a quarter of it, or fewer if
   * there aren't enough.
   */
  readonly images?: number;
  readonly classifier: Omit<ClassifierOptions, 'labels' | 'seed'>;
  /** The augmentation of the training images. Without it, `fineTune` chooses. */
  readonly augment?: object;
  /** The mixing of training images after augmentation. */
  readonly mix?: MixOptions;
  /** Trains on the validation part too, with options that were chosen before. No part validates this training. */
  readonly refitted?: true;
  readonly fineTune: Omit<
    FineTuneOptions,
    'train' | 'validation' | 'out' | 'resume' | 'seed' | 'callbacks' | 'signal'
  >;
  /** The row to compare with, and by how much the macro AUC may be lower. */
  readonly against?: { readonly name: string; readonly tolerance?: number };
}

/**
 * Several trained rows merged into one file: the mean of their logits, saved and loaded. The file is tuned on the validation
 * part, unless one of the rows was trained on that part.
 */
export interface Merged {
  readonly name: string;
  readonly merged: readonly [string, ...string[]];
  /** The weight of each row in the mean; by default all the same. */
  readonly weights?: readonly number[];
  /** Whether each image is averaged with its mirror image. */
  readonly flip?: boolean;
  readonly against?: { readonly name: string; readonly tolerance?: number };
}

/**
 * scikit-learn's logistic regression on the features that a row's head learns from, with C chosen by cross-validation.
 */
export interface Peer {
  readonly name: string;
  readonly featuresOf: string;
}

/** The share of positive images of each label among the training images, as every image's probability. */
export interface BaseRates {
  readonly name: string;
  readonly baseRates: true;
}

export type Configuration = Training | Merged | Peer | BaseRates;

const FACE = {
  networks: ['face'],
  size: [184, 150],
  classifier: { dropout: 0.5, featureStages: ['conv3', 'conv4', 'conv5'] },
} as const;

const LITE = {
  networks: ['efficientnet_lite0'],
  size: FACE.size,
  classifier: { dropout: 0.5, featureStages: ['block5', 'block7', 'top'] },
} as const;

const LITE2 = { ...LITE, networks: ['efficientnet_lite2'] } as const;

const BOTH = {
  networks: ['face', 'efficientnet_lite0'],
  size: FACE.size,
  classifier: {
    dropout: 0.5,
    featureStages: [FACE.classifier.featureStages, LITE.classifier.featureStages],
  },
} as const;

/**
 * The worked example's recipe with fewer epochs. Only the difference between two such rows counts, not their figures.
 */
const SHORT: Training = {
  ...FACE,
  name: 'face network, float32',
  augment: { flip: true },
  fineTune: {
    batchSize: 32,
    precision: 'float32',
    head: { epochs: 6, learningRate: 2e-3 },
    thaw: { epochs: 1, learningRate: 1e-4, freezeFirst: 10, batchNorm: 'affine' },
  },
};

/** The README's explicit recipe, with the rates and epochs of the seed project. */
const SEED = {
  augment: { flip: true, rotation: 0.02, zoom: 0.05 },
  fineTune: {
    precision: 'bfloat16',
    head: { epochs: 8, learningRate: 1e-3 },
    thaw: { epochs: 20, learningRate: 1e-5, freezeFirst: 10 },
    earlyStopping: { monitor: 'val_auc' },
  },
} as const;

/**
 * Keras' guide "Transfer learning & fine-tuning", except for the network and its preprocessing: one dense layer on the
 * pooled output, and the 20 and 10 epochs of its first editions (later ones have 2 and 1, for far more images).
 */
const KERAS_GUIDE = {
  classifier: { dropout: 0.2, standardize: false },
  augment: { flip: true, rotation: 0.1 },
  fineTune: {
    batchSize: 64,
    precision: 'auto',
    head: { epochs: 20, learningRate: 1e-3, headStart: 'weights', views: 20 },
    thaw: { epochs: 10, learningRate: 1e-5 },
  },
} as const;

const fastaiOptimizer = Object.assign(
  ({ learningRate }: { learningRate: number }) =>
    adamW({ learningRate, weightDecay: 0.01, beta2: 0.99, epsilon: 1e-5 }),
  { toJSON: () => ({ optimizer: 'adamW', weightDecay: 0.01, beta2: 0.99, epsilon: 1e-5 }) },
);

/**
 * fastai's `fine_tune(10)`: one epoch of the head up to 2e-3, then one cycle of 10 epochs up to 1e-3. The early layers
 * have a hundredth of the rate, the late ones a tenth. It has fastai's augmentation and optimizer, on our head.
 */
const FASTAI = {
  augment: { flip: true, rotation: 0.028, zoom: 0.1, brightness: 0.2, contrast: 0.2 },
  fineTune: {
    batchSize: 64,
    precision: 'auto',
    head: {
      epochs: 1,
      learningRate: oneCycle(2e-3, { pctStart: 0.99, finalDivFactor: 4000 }),
      optimizer: fastaiOptimizer,
      headStart: 'weights',
    },
    thaw: {
      epochs: 10,
      learningRate: oneCycle(1e-3, { divFactor: 5, finalDivFactor: 20_000 }),
      learningRateFactors: [
        [{ stage: ['conv1', 'conv2', 'conv3'] }, 0.01],
        [{ stage: ['conv4', 'conv5'] }, 0.1],
      ],
      optimizer: fastaiOptimizer,
    },
  },
} as const;

type Network = Pick<Training, 'networks' | 'size' | 'classifier'>;

/** Rows of one network for a number of training images: the probe, its peer, the head alone, the default call. */
function ofSize(network: Network, named: string, images: number | undefined): Configuration[] {
  const shown = images?.toLocaleString('en') ?? 'all';
  const base = { ...network, ...(images !== undefined && { images }) };
  const probe = `scikit-learn on the same features, ${shown}`;
  const peer = named === 'face' ? probe : `${named}, ${probe}`;
  const alone = `${named}, head alone, ${shown}`;
  return [
    {
      ...base,
      name: alone,
      fineTune: { thaw: false, head: { epochs: 1 }, augment: false },
      against: { name: peer, tolerance: 0.002 },
    },
    { name: peer, featuresOf: alone },
    {
      ...base,
      name: `${named}, head alone with views, ${shown}`,
      fineTune: { thaw: false },
      against: { name: peer, tolerance: 0 },
    },
    {
      ...base,
      name: `${named}, default, ${shown}`,
      fineTune: {},
      against: { name: peer, tolerance: 0 },
    },
  ];
}

/** Recipes of other libraries, on the face network. */
function peers(images: number | undefined): Training[] {
  const shown = images?.toLocaleString('en') ?? 'all';
  const base = { ...FACE, ...(images !== undefined && { images }) };
  const against = { name: `face, default, ${shown}` };
  return [
    { ...base, ...SEED, name: `face, seed's rates, ${shown}`, against },
    { ...base, ...KERAS_GUIDE, name: `face, Keras' guide, ${shown}`, against },
    { ...base, ...FASTAI, name: `face, fastai's fine_tune, ${shown}`, against },
  ];
}

/** The default call with one change each, on 300 images. */
function ablation(): Training[] {
  const base = 'face, default, 300';
  const changes: Record<string, Training['fineTune']> = {
    'images not varied': { augment: false },
    'a constant rate': { thaw: { learningRate: 3e-4 } },
    'head not fitted': { head: { headStart: 'weights', learningRate: cosine(3e-3) } },
    'no head phase': { head: false },
    'weights not averaged': { thaw: { weightAverage: false } },
    'averaged with momentum 0.99': { thaw: { weightAverage: 0.99 } },
    'a third of the rate': { thaw: { learningRate: cosine(7e-5, { warmup: 0.1 }) } },
    'stochastic depth': { thaw: { stochasticDepth: 0.1 } },
    'focal loss': { loss: focalLoss() },
    'asymmetric loss': { loss: asymmetricLoss() },
    'distribution-balanced loss': { loss: distributionBalancedLoss() },
    'two-way loss': { loss: twoWayLoss() },
    'stronger variation': {
      augment: { flip: true, rotation: 0.04, zoom: 0.15, brightness: 0.2, erasing: 0.25 },
    },
  };
  return Object.entries(changes).map(([change, fineTune]) => ({
    ...FACE,
    images: 300,
    name: `face, default, 300: ${change}`,
    fineTune,
    against: { name: base },
  }));
}

/** Stronger augmentation than the default. */
const STRONG = {
  flip: true,
  rotation: 0.03,
  zoom: 0.12,
  translation: 0.05,
  brightness: 0.15,
  contrast: 0.15,
  saturation: 0.15,
};

/** More epochs, stronger augmentation and averaged weights: a candidate for the default. */
const LONGER: Training = {
  ...FACE,
  name: 'face, 20 epochs with stronger variation, all',
  augment: STRONG,
  fineTune: { thaw: { epochs: 20, weightAverage: 0.99 } },
  against: { name: 'face, default, all' },
};

const MIXED: Training = {
  ...LITE,
  name: 'EfficientNet-Lite0, mixup, all',
  augment: STRONG,
  mix: { mixup: 0.2 },
  fineTune: { thaw: { epochs: 14, learningRate: cosine(5e-4, { warmup: 0.1 }), weightAverage: 0.99 } },
  against: { name: 'EfficientNet-Lite0, default, all' },
};

/** Mixup with the images enlarged as in `LARGER`, so that the networks can share one file with it. */
const MIXED_LARGER: Training = {
  ...MIXED,
  size: [224, 184],
  name: 'EfficientNet-Lite0, 224 × 184, mixup, all',
  against: { name: MIXED.name },
};

const MIXED_LITE2: Training = {
  ...MIXED_LARGER,
  networks: LITE2.networks,
  name: 'EfficientNet-Lite2, 224 × 184, mixup, all',
  against: { name: MIXED_LARGER.name },
};

/** The default call without averaged weights: the default of earlier versions. */
const NOT_AVERAGED: Training = {
  ...FACE,
  name: 'face, weights not averaged, all',
  fineTune: { thaw: { weightAverage: false } },
};

/** The default call, with the images enlarged more. */
const LARGER: Training = {
  ...FACE,
  size: [224, 184],
  name: 'face, 224 × 184, default, all',
  fineTune: {},
  against: { name: NOT_AVERAGED.name },
};

const LARGER_MOMENTUM: Training = {
  ...LARGER,
  name: 'face, 224 × 184, averaged with momentum 0.99, all',
  fineTune: { thaw: { weightAverage: 0.99 } },
};

/** More epochs at a higher rate, with stronger variation. */
const LARGER_LONGER: Training = {
  ...LARGER,
  name: 'face, 224 × 184, 20 epochs with stronger variation, all',
  augment: STRONG,
  fineTune: { thaw: { epochs: 20, learningRate: cosine(5e-4, { warmup: 0.1 }), weightAverage: 0.99 } },
  against: { name: LARGER.name },
};

const BEST = 'face, and EfficientNet-Lite0, mixup, both 224 × 184, one file';
const LONGER_AND_LITE = 'face, 20 epochs, and EfficientNet-Lite0, mixup, both 224 × 184, one file';

/** A recipe on the training and validation images together. */
function refitted(row: Training): Training {
  return {
    ...row,
    refitted: true,
    name: row.name.replace(/all$/, 'all and validation'),
    against: { name: row.name },
  };
}

const REFITTED_DEFAULT = refitted(LARGER);
const REFITTED_FACE = refitted(LARGER_LONGER);
const REFITTED_LITE = refitted(MIXED_LARGER);
const REFITTED_LITE2 = refitted(MIXED_LITE2);
const ALL_THREE = 'face, weight 2, and EfficientNet-Lite0 and Lite2, mixup, all 224 × 184, one file';

/** Mixup with the face network. */
const MIXED_FACE: Training = {
  ...FACE,
  name: 'face, mixup, 20 epochs, all',
  augment: STRONG,
  mix: { mixup: 0.2 },
  fineTune: { thaw: { epochs: 20, learningRate: cosine(5e-4, { warmup: 0.1 }), weightAverage: 0.99 } },
  against: { name: NOT_AVERAGED.name },
};

/** Trains only the late part of Lite0, because its early convolutions take most of the time and change least. */
const LATE: Training = {
  ...LITE,
  name: 'EfficientNet-Lite0, from block 4 on, 10 epochs, all',
  fineTune: { thaw: { epochs: 10, freeze: { stage: ['stem', 'block1', 'block2', 'block3'] } } },
};

export const configurations: readonly Configuration[] = [
  SHORT,
  {
    ...SHORT,
    name: 'face network, bfloat16',
    fineTune: { ...SHORT.fineTune, precision: 'bfloat16' },
    against: { name: SHORT.name, tolerance: 0.002 },
  },
  { name: 'base rates', baseRates: true },
  ...ofSize(FACE, 'face', 300),
  ...peers(300),
  ...ofSize(FACE, 'face', 1000),
  ...peers(1000),
  ...ofSize(FACE, 'face', undefined),
  ...peers(undefined),
  ...ofSize(LITE, 'EfficientNet-Lite0', 300),
  ...ofSize(LITE, 'EfficientNet-Lite0', 1000),
  ...ofSize(LITE, 'EfficientNet-Lite0', undefined),
  ...ablation(),
  LONGER,
  MIXED,
  MIXED_LARGER,
  MIXED_LITE2,
  REFITTED_DEFAULT,
  REFITTED_FACE,
  REFITTED_LITE,
  REFITTED_LITE2,
  MIXED_FACE,
  NOT_AVERAGED,
  LARGER,
  LARGER_MOMENTUM,
  LARGER_LONGER,
  LATE,
  { ...LITE2, name: 'EfficientNet-Lite2, default, all', fineTune: {} },
  { ...BOTH, name: 'both, head alone with views, all', fineTune: { thaw: false } },
  { ...BOTH, name: 'both, 10 epochs, all', fineTune: { thaw: { epochs: 10 } } },
  {
    name: 'face, weights not averaged, all, with mirror images',
    merged: [NOT_AVERAGED.name],
    flip: true,
    against: { name: NOT_AVERAGED.name },
  },
  {
    name: 'face, and EfficientNet-Lite0, mixup, one file',
    merged: [NOT_AVERAGED.name, MIXED.name],
    flip: true,
  },
  {
    name: 'face, and EfficientNet-Lite0, from block 4 on, one file',
    merged: [NOT_AVERAGED.name, LATE.name],
    flip: true,
  },
  {
    name: 'face, 224 × 184, default, all, with mirror images',
    merged: [LARGER.name],
    flip: true,
    against: { name: LARGER.name },
  },
  {
    name: BEST,
    merged: [LARGER.name, MIXED_LARGER.name],
    flip: true,
    against: { name: LARGER.name },
  },
  {
    name: 'face, and EfficientNet-Lite0 and Lite2, mixup, all 224 × 184, one file',
    merged: [LARGER.name, MIXED_LARGER.name, MIXED_LITE2.name],
    flip: true,
    against: { name: LARGER.name },
  },
  {
    name: 'face, and EfficientNet-Lite0, mixup, both 224 × 184, all and validation, one file',
    merged: [REFITTED_DEFAULT.name, REFITTED_LITE.name],
    flip: true,
    against: { name: BEST },
  },
  {
    name: LONGER_AND_LITE,
    merged: [LARGER_LONGER.name, MIXED_LARGER.name],
    flip: true,
    against: { name: BEST },
  },
  {
    name: 'face, 20 epochs, and EfficientNet-Lite0, mixup, all and validation, one file',
    merged: [REFITTED_FACE.name, REFITTED_LITE.name],
    flip: true,
    against: { name: LONGER_AND_LITE },
  },
  {
    name: ALL_THREE,
    merged: [LARGER.name, MIXED_LARGER.name, MIXED_LITE2.name],
    weights: [2, 1, 1],
    flip: true,
    against: { name: BEST },
  },
  {
    name: 'face, weight 2, and EfficientNet-Lite0 and Lite2, mixup, all and validation, one file',
    merged: [REFITTED_FACE.name, REFITTED_LITE.name, REFITTED_LITE2.name],
    weights: [2, 1, 1],
    flip: true,
    against: { name: ALL_THREE },
  },
];
