import type { BackendName } from '@thawjs/backends';
import type { ClassifierOptions, Metric, Schedule, ThawOptions } from '@thawjs/core';
import { cosine, defaultMetrics } from '@thawjs/core';
import { kerasAuc, precisionScore, recallScore } from '@thawjs/metrics';
import type { ExampleOptions } from './options';

/** All that a run is made of beside its data. */
export interface Recipe {
  readonly size: readonly [height: number, width: number];
  readonly classifier: Omit<ClassifierOptions, 'labels'>;
  readonly augment: { readonly flip?: boolean; readonly rotation?: number; readonly zoom?: number };
  readonly batchSize: number;
  readonly head: { readonly epochs: number; readonly learningRate: number | Schedule };
  readonly thaw: ThawOptions & { readonly epochs: number; readonly learningRate: number | Schedule };
  readonly patience: number;
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** Small enough for minutes on two cores; the middle stages still know of colour and texture. */
const FACE: Recipe = {
  size: [184, 150],
  classifier: { dropout: 0.5, featureStages: ['conv3', 'conv4', 'conv5'] },
  augment: { flip: true, rotation: 0.02, zoom: 0.05 },
  batchSize: 32,
  head: { epochs: 14, learningRate: 2e-3 },
  thaw: { epochs: 3, learningRate: 1e-4, freezeFirst: 10, batchNorm: 'affine' },
  patience: 6,
  metrics: defaultMetrics,
};

/** Four times the face network's work a pixel: smaller images, one epoch of fine-tuning. */
const RESNET50: Recipe = {
  ...FACE,
  size: [128, 112],
  thaw: { ...FACE.thaw, epochs: 1, learningRate: 3e-5 },
};

/** Mobile networks are made for more pixels and have a tenth of the work for each. They know nothing of faces yet: all learns. */
const LIGHT: Recipe = {
  ...FACE,
  size: [192, 160],
  thaw: { epochs: 3, learningRate: cosine(5e-4, { warmup: 0.05 }), batchNorm: 'affine' },
};

/** WebAssembly has 4 GB and one thread: the last stage alone is thawed, in small batches. */
const RESNET50_WITHOUT_NATIVE: Recipe = {
  ...RESNET50,
  thaw: {
    epochs: 1,
    learningRate: 3e-5,
    batchNorm: 'affine',
    batchSize: 16,
  },
};

/**
 * The original case, `shared/seed`: 8 epochs for the head, 20 of fine-tuning at a lower rate with the first 10 layers
 * frozen, and Keras' own numbers. What it doesn't tell (rates, dropout, batch) has Keras' usual values; its history
 * shows BatchNormalization in training mode, as Keras does by default.
 */
const SEED: Recipe = {
  size: [224, 224],
  classifier: { dropout: 0.2, standardize: false },
  augment: { flip: true, rotation: 0.05, zoom: 0.1 },
  batchSize: 32,
  head: { epochs: 8, learningRate: 1e-3 },
  thaw: { epochs: 20, learningRate: 1e-5, freezeFirst: 10, batchNorm: 'training' },
  patience: 20,
  metrics: {
    auc: (yTrue, yScore) => kerasAuc(yTrue, yScore, { multiLabel: true }),
    precision: (yTrue, yScore) =>
      precisionScore(yTrue, yScore, { average: 'micro', comparison: '>', zeroDivision: 0 }),
    recall: (yTrue, yScore) =>
      recallScore(yTrue, yScore, { average: 'micro', comparison: '>', zeroDivision: 0 }),
  },
};

/** The recipe that the options ask for, within what the backend can do. */
export function recipeOf(
  backbone: 'heavy' | 'light' | 'face',
  backend: BackendName,
  { preset, size, epochs }: ExampleOptions,
): Recipe {
  const resnet = backend === 'native' ? RESNET50 : RESNET50_WITHOUT_NATIVE;
  const ofBackbone = { face: FACE, light: LIGHT, heavy: resnet }[backbone];
  const recipe = preset === 'seed' ? SEED : ofBackbone;
  return {
    ...recipe,
    size: size ?? recipe.size,
    head: { ...recipe.head, epochs: epochs?.[0] ?? recipe.head.epochs },
    thaw: { ...recipe.thaw, epochs: epochs?.[1] ?? recipe.thaw.epochs },
  };
}

/** The recipe with the stages of the backbone at hand: the last three are pooled, and without the native backend the last thaws. */
export function withStages(recipe: Recipe, stages: readonly string[], backend: BackendName): Recipe {
  const { featureStages, ...head } = recipe.classifier;
  const thaw =
    backend === 'native' ? recipe.thaw : { ...recipe.thaw, freeze: { stage: stages.slice(0, -1) } };
  return { ...recipe, classifier: featureStages ? { ...head, featureStages: stages.slice(-3) } : head, thaw };
}
