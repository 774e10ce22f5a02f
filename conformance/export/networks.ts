// The classifiers that the conformance scripts export: every architecture, and layers that backbones don't have.
import * as tf from '@tensorflow/tfjs-core';
import {
  backbone,
  type Classifier,
  classifier,
  faceResnet,
  freeze,
  preprocess,
  unfreeze,
} from '../../packages/core/src/index';
import { leafLayers } from '../../packages/core/src/layers/leaf-layers';
import { layerCalls } from '../../packages/core/src/model/layer-calls';
import { random } from '../../packages/core/src/training/random';
import { modelWeights } from '../../packages/core/src/weights/model-weights';
import { tokens, variedBackbone } from '../../packages/core/test/persistence/varied-backbone';

const LABELS = ['a', 'b', 'c'];

/** One of each architecture and form. */
const BACKBONES = [
  'resnet18',
  'resnet50',
  'resnet50_torchvision',
  'mobilenet_v2',
  'mobilenet_v2_keras',
  'mobilenet_v3_small',
  'mobilenet_v3_large_torchvision',
  'efficientnet_b0',
  'efficientnet_b0_torchvision',
  'densenet121',
  'convnext_tiny',
];

/** The network with its authors' weights, for images of its own size. The others have random weights. */
export const TRAINED = 'efficientnet_lite0';

const make: Readonly<Record<string, () => Promise<Classifier>>> = {
  ...Object.fromEntries(
    BACKBONES.map((name) => [
      name,
      async () =>
        classifier(await backbone(name, { weights: null, inputSize: [64, 64] }), { labels: LABELS }),
    ]),
  ),
  efficientnet_lite0: async () => classifier(await backbone(TRAINED), { labels: LABELS }),
  face_resnet: async () => classifier(await faceResnet({ weights: null }), { labels: LABELS }),
  side_by_side: async () => {
    const all = ['resnet18', 'resnet50'].map((name) =>
      backbone(name, { weights: null, inputSize: [64, 64] }),
    );
    return classifier(await Promise.all(all), { labels: LABELS });
  },
  tokens: async () => classifier(tokens(), { labels: LABELS, pooling: 'token' }),
  layers: async () => classifier(variedBackbone(), { labels: LABELS }),
};

export const NETWORKS = Object.keys(make);

/**
 * A network whose weights resemble trained ones, with some layers frozen, BatchNormalization in all three modes, and
 * thresholds.
 */
export async function network(name: string): Promise<Classifier> {
  const made = await make[name]();
  const next = random(7);
  for (const { name: weight, variable } of name === TRAINED ? [] : modelWeights(made.model)) {
    const [low, high] = /gamma|variance/.test(weight) ? [0.5, 1.5] : [-0.2, 0.2];
    if (variable.rank > 1) continue;
    const values = Float32Array.from({ length: variable.size }, () => low + (high - low) * next());
    variable.assign(tf.tensor(values, variable.shape));
  }
  if (BACKBONES.includes(name)) {
    shrinkBranches(made);
    normalize(made);
  }
  const layers = made.model.layers.map((layer) => layer.name);
  freeze(made, { upTo: layers[Math.floor(layers.length / 2)] });
  unfreeze(made, (layer) => layer.getClassName() === 'BatchNormalization' && next() < 0.3, {
    batchNorm: 'training',
  });
  made.thresholds = [0.3, 0.5, 0.7];
  return made;
}

/**
 * Makes the outputs of residual blocks small, as training does. Otherwise the rounding of float32 would grow over many
 * random layers, and exceed the differences that the test looks for.
 */
function shrinkBranches(made: Classifier): void {
  const weights = new Map(modelWeights(made.model).map(({ name, variable }) => [name, variable]));
  for (const { layer, inputs } of layerCalls(made.model, () => true).calls) {
    if (layer.getClassName() !== 'Add') continue;
    const branches = inputs.filter(({ call }) => call.layer.getClassName() === 'BatchNormalization');
    if (branches.length === inputs.length) continue;
    for (const { call } of branches) {
      const gamma = weights.get(`${call.layer.name}/gamma`);
      gamma?.assign(tf.mul(gamma, 0.1) as typeof gamma);
    }
  }
}

/**
 * Gives each BatchNormalization the statistics of some images. Otherwise all images would have the same probability.
 */
function normalize(made: Classifier): void {
  unfreeze(made, 'all', { batchNorm: 'training' });
  const norms = leafLayers(made.model).flatMap(({ layer }) =>
    layer.getClassName() === 'BatchNormalization' ? [layer as unknown as { momentum: number }] : [],
  );
  const momenta = norms.map(({ momentum }) => momentum);
  for (const norm of norms) norm.momentum = 0;
  tf.tidy(() => {
    const pixels = tf.randomUniform<tf.Rank.R4>([8, ...made.inputSize, 3], 0, 255, 'float32', 2);
    made.model.apply(preprocess(pixels, made.preprocessing), { training: true });
  });
  for (const [i, norm] of norms.entries()) norm.momentum = momenta[i];
  // The features of a random network hardly differ from image to image. Without a least deviation, the head's
  // standardising layer would amplify the rounding of float32 more than in any trained network.
  const weights = new Map(modelWeights(made.model).map(({ name, variable }) => [name, variable]));
  const [mean, variance] = ['mean', 'variance'].map((name) => weights.get(`head_norm/moving_${name}`));
  if (mean && variance)
    variance.assign(tf.maximum(variance, tf.square(tf.mul(mean, 0.3))) as typeof variance);
}
