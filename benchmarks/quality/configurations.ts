import {
  asymmetricLoss,
  type ClassifierOptions,
  cosine,
  type FineTuneOptions,
  focalLoss,
} from '../../packages/core/src/index';
import type { MixOptions } from '../../packages/datasets/src/index';

/** A run: everything that it is told beside its data and its seed. */
export interface Training {
  readonly name: string;
  /** `'face'`, or names of `backbones()`; several networks stand side by side. */
  readonly networks: readonly string[];
  /** Height and width of the images. */
  readonly size: readonly [height: number, width: number];
  /** The number of images of the training part that are used; by default all. Validation is a quarter of that, at most all. */
  readonly images?: number;
  readonly classifier: Omit<ClassifierOptions, 'labels' | 'seed'>;
  /** How the training images vary, if `fineTune` isn't to choose it. */
  readonly augment?: object;
  /** How the training images are mixed after that. */
  readonly mix?: MixOptions;
  readonly fineTune: Omit<
    FineTuneOptions,
    'train' | 'validation' | 'out' | 'resume' | 'seed' | 'callbacks' | 'signal'
  >;
  /** The row that it is compared with, and by how much in macro AUC it may be worse. */
  readonly against?: { readonly name: string; readonly tolerance?: number };
}

/** The models of trained rows as one file: the mean of their logits, tuned on the validation part, saved and loaded. */
export interface Merged {
  readonly name: string;
  readonly merged: readonly [string, ...string[]];
  /** Whether each image is averaged with its mirror image. */
  readonly flip?: boolean;
  readonly against?: { readonly name: string; readonly tolerance?: number };
}

/** scikit-learn's logistic regression, C by cross-validation, on the features that a row's head learns from. */
export interface Peer {
  readonly name: string;
  readonly featuresOf: string;
}

export type Configuration = Training | Merged | Peer;

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

const BOTH = {
  networks: ['face', 'efficientnet_lite0'],
  size: FACE.size,
  classifier: {
    dropout: 0.5,
    featureStages: [FACE.classifier.featureStages, LITE.classifier.featureStages],
  },
} as const;

/** The worked example's recipe with fewer epochs: the difference between two rows, not the best figure, is what counts. */
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

/** The README's explicit recipe: the seed's rates and epochs. */
const SEED = {
  augment: { flip: true, rotation: 0.02, zoom: 0.05 },
  fineTune: {
    precision: 'bfloat16',
    head: { epochs: 8, learningRate: 1e-3 },
    thaw: { epochs: 20, learningRate: 1e-5, freezeFirst: 10 },
    earlyStopping: { monitor: 'val_auc' },
  },
} as const;

/** Rows of one network for a number of training images: the probe, its peer, the default call, the seed's rates. */
function ofSize(images: number | undefined, shown: string): Configuration[] {
  const probe = `face, head alone, ${shown}`;
  const all = images === undefined ? {} : { images };
  return [
    { ...FACE, ...all, name: probe, fineTune: { thaw: false, head: { epochs: 1 }, augment: false } },
    { name: `scikit-learn on the same features, ${shown}`, featuresOf: probe },
    {
      ...FACE,
      ...all,
      name: `face, head alone with views, ${shown}`,
      fineTune: { thaw: false },
      against: { name: probe },
    },
    { ...FACE, ...all, ...SEED, name: `face, seed's rates, ${shown}`, against: { name: probe } },
    {
      ...FACE,
      ...all,
      name: `face, default, ${shown}`,
      fineTune: {},
      against: { name: probe, tolerance: 0 },
    },
  ];
}

/** The default call with one thing changed, on 300 images. */
function ablation(): Training[] {
  const base = 'face, default, 300';
  const changes: Record<string, Training['fineTune']> = {
    'images not varied': { augment: false },
    'a constant rate': { thaw: { learningRate: 3e-4 } },
    'head not fitted': { head: { headStart: 'weights', learningRate: cosine(3e-3) } },
    'no head phase': { head: false },
    'weights averaged': { thaw: { weightAverage: 0.99 } },
    'a third of the rate': { thaw: { learningRate: cosine(7e-5, { warmup: 0.1 }) } },
    'focal loss': { loss: focalLoss() },
    'asymmetric loss': { loss: asymmetricLoss() },
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

const STRONG = {
  flip: true,
  rotation: 0.03,
  zoom: 0.12,
  translation: 0.05,
  brightness: 0.15,
  contrast: 0.15,
  saturation: 0.15,
};

export const configurations: readonly Configuration[] = [
  {
    ...LITE,
    name: 'EfficientNet-Lite0, mixup, all',
    augment: STRONG,
    mix: { mixup: 0.2 },
    fineTune: { thaw: { epochs: 14, learningRate: cosine(5e-4, { warmup: 0.1 }), weightAverage: 0.99 } },
  },
  SHORT,
  {
    ...SHORT,
    name: 'face network, bfloat16',
    fineTune: { ...SHORT.fineTune, precision: 'bfloat16' },
    against: { name: SHORT.name, tolerance: 0.002 },
  },
  ...ofSize(300, '300'),
  ...ofSize(1000, '1,000'),
  ...ofSize(undefined, 'all'),
  ...ablation(),
  { ...LITE, name: 'EfficientNet-Lite0, head alone with views, all', fineTune: { thaw: false } },
  { ...LITE, name: 'EfficientNet-Lite0, default, all', fineTune: {} },
  { ...BOTH, name: 'both, head alone with views, all', fineTune: { thaw: false } },
  { ...BOTH, name: 'both, 10 epochs, all', fineTune: { thaw: { epochs: 10 } } },
  {
    name: 'face, default and both, 10 epochs, one file',
    merged: ['face, default, all', 'both, 10 epochs, all'],
  },
];
