import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {
  adam,
  adamW,
  Classifier,
  freeze,
  type LabelledImages,
  type Optimizer,
  type PhaseOptions,
  phase,
  resnet50,
  sgd,
  unfreeze,
} from '../../../src';
import { modelWeights } from '../../../src/weights/model-weights';
import { bytes, changed } from '../../tiny';
import { fixedImages, fixedLabels, fixedWeight } from './fixed-values';
import { buildNetwork, type NetworkData } from './network';

const STEPS = 10;
const LABELS = ['a', 'b', 'c', 'd', 'e'];

/** A training as conformance/training/keras_training.py did it. */
export interface KerasCase {
  readonly network: string;
  readonly state: string;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Which of the drawn images. */
  readonly draw: number;
  /** The names of the frozen layers, in Keras' order. */
  readonly frozen: readonly string[];
  /** Of each step, before it. */
  readonly losses: readonly number[];
}

/** What became of the same training here. */
export interface TrainedCase {
  readonly losses: readonly number[];
  /** By `layer/weight`, as Keras names them. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** Names of the layers that are frozen here. */
  readonly frozen: readonly string[];
  /** Names of the frozen layers' weights that the training changed. */
  readonly changedThoughFrozen: readonly string[];
}

const OPTIMIZERS: Readonly<Record<string, (options: { learningRate: number }) => Optimizer>> = {
  sgd: (options) => sgd({ ...options, momentum: 0.9 }),
  adam,
  adamW: (options) => adamW({ ...options, weightDecay: 0.1 }),
};

const BATCH_NORM_FROZEN = { batchNorm: 'frozen' } as const;
const AS_KERAS_THAWS = { batchNorm: 'training' } as const;

/** Puts a classifier into a state, by the calls that a user makes. */
const STATES: Readonly<Record<string, (classifier: Classifier) => void>> = {
  head: (classifier) => freeze(classifier, (layer) => layer.name !== 'predictions'),
  'first-10': (classifier) => {
    unfreeze(classifier, 'all', AS_KERAS_THAWS);
    freeze(classifier, { first: 10 });
  },
  'first-10-batch-norm-frozen': (classifier) => {
    unfreeze(classifier, 'all', BATCH_NORM_FROZEN);
    freeze(classifier, { first: 10 });
  },
  'batch-norm-frozen': (classifier) => unfreeze(classifier, 'all', BATCH_NORM_FROZEN),
  'batch-norm-affine': (classifier) => unfreeze(classifier),
  'batch-norm-training': (classifier) => unfreeze(classifier, 'all', AS_KERAS_THAWS),
};

/**
 * The same network from the same weights, trained by `phase` on the same batches.
 *
 * Each step is an epoch of one batch, so that the history holds every step's loss, and each epoch's images are another
 * augmentation of the same rows, so that cached features (the head alone) see them all too.
 *
 * @param network without it, ResNet50.
 * @param how options of the phase that the results shouldn't depend on.
 */
export async function trainAsKeras(
  { state, optimizer, learningRate, batchSize, draw }: KerasCase,
  network: NetworkData | undefined,
  how: Partial<PhaseOptions> = {},
): Promise<TrainedCase> {
  const model = network ? buildNetwork(network) : await resnet50WithHead();
  const [low, high] = gammas(network);
  for (const { name, variable } of kerasWeights(model)) {
    tf.tidy(() => variable.assign(tf.tensor(fixedWeight(name, variable.shape, [low, high]), variable.shape)));
  }
  const classifier = new Classifier({
    model,
    backboneName: 'parity',
    preprocessing: { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 },
    stages: [],
    labels: LABELS,
    featureLayer: 'pool',
    headLayers: ['predictions'],
    thresholds: LABELS.map(() => 0.5),
  });
  STATES[state](classifier);
  const frozen = frozenLayers(model);
  const before = bytes(model);
  const { history } = await phase(classifier, {
    name: state,
    epochs: STEPS,
    batchSize,
    views: STEPS,
    train: images(draw, batchSize, classifier.inputSize),
    learningRate,
    optimizer: OPTIMIZERS[optimizer],
    metrics: {},
    ...how,
  });
  const moved = changed(before, bytes(model));
  const result = {
    losses: history.map(({ loss }) => loss),
    weights: new Map(
      kerasWeights(model).map(({ name, variable }) => [name, variable.dataSync<'float32'>().slice()]),
    ),
    frozen,
    changedThoughFrozen: moved.filter((name) => frozen.includes(name.split('/').at(-2)!)),
  };
  classifier.dispose();
  return result;
}

function gammas(network: NetworkData | undefined): readonly number[] {
  if (!network) return [0.3, 0.7];
  return network.layers.find((layer) => layer.network)?.network?.gamma ?? network.gamma;
}

async function resnet50WithHead(): Promise<tfl.LayersModel> {
  const { model } = await resnet50({ weights: null, inputSize: [64, 64] });
  const pooled = tfl.layers.globalAveragePooling2d({ name: 'pool' }).apply(model.outputs[0]);
  const head = tfl.layers.dense({ units: LABELS.length, activation: 'sigmoid', name: 'predictions' });
  return tfl.model({ inputs: model.inputs, outputs: head.apply(pooled) as tfl.SymbolicTensor });
}

/** A model's weights by `layer/weight` as Keras 3 names them. */
function kerasWeights(model: tfl.LayersModel) {
  return modelWeights(model).map(({ name, layer, variable }) => {
    const kind = name.slice(name.lastIndexOf('/') + 1).replace('depthwise_kernel', 'kernel');
    return { name: `${layer.name}/${kind}`, variable };
  });
}

function frozenLayers(model: tfl.LayersModel): string[] {
  return model.layers.flatMap((layer) =>
    layer instanceof tfl.LayersModel ? frozenLayers(layer) : layer.trainable ? [] : [layer.name],
  );
}

function images(draw: number, length: number, [height, width]: readonly [number, number]): LabelledImages {
  const shape = [length, height, width, 3] as const;
  const y = fixedLabels(length * LABELS.length);
  return {
    length,
    ids: Array.from({ length }, (_, row) => `${row}`),
    labels: LABELS,
    y,
    augmentation: {},
    async *batches({ epoch = 0 }) {
      const rows = Int32Array.from({ length }, (_, row) => row);
      yield { rows, pixels: fixedImages(draw, epoch, length * height * width * 3), shape, y };
    },
  };
}
