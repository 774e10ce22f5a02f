import type * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Backbone, Preprocessing, Stage } from '../backbones/backbone';
import { registerLayers } from '../backbones/register-layers';
import { OptionError } from '../errors';
import { batchNormMode, isBatchNorm, setBatchNormMode } from '../freezing/batch-norm-mode';
import { flaggedLayers } from '../freezing/flagged-layers';
import { ClassToken } from '../layers/class-token';
import { isModel } from '../layers/leaf-layers';
import {
  ANY,
  checkOptions,
  FLAG,
  FROM_0_TO_BELOW_1,
  LIST,
  NUMBER,
  OBJECT,
  oneOf,
} from '../options/check-options';
import { save } from '../persistence/save';
import type { SaveOptions } from '../persistence/save-options';
import type { ClassifierParts } from '../prediction/classifier-parts';
import { inputSize } from '../prediction/input-size';
import { ownsNothing } from '../tfjs-internals/layer-nodes';
import { type FeatureStages, stagesPerNetwork } from './feature-stages';
import { type BackboneLike, type FittingOptions, fittingBackbone } from './fitting-backbone';
import { keepLabels } from './keep-labels';
import { PredictorMethods } from './predictor-methods';
import { sideBySide } from './side-by-side';

/**
 * A backbone with a multilabel head: one independent probability per label.
 *
 * `freeze`, `unfreeze`, `trainableSummary`, `fineTune`, `phase`, `predict`,
 * `classify`, `evaluate`, `tune` and `save` take a Classifier. Its `model` is a
 * plain LayersModel, which takes images preprocessed by `preprocess(pixels, preprocessing)`.
 */
export class Classifier extends PredictorMethods implements ClassifierParts {
  readonly model: tfl.LayersModel;
  readonly backboneName: string;
  readonly preprocessing: Preprocessing;
  readonly stages: readonly Stage[];
  readonly featureLayer: string;
  readonly headLayers: readonly string[];

  constructor(parts: ClassifierParts) {
    super(parts);
    this.model = parts.model;
    this.backboneName = parts.backboneName;
    this.preprocessing = parts.preprocessing;
    this.stages = parts.stages;
    this.featureLayer = parts.featureLayer;
    this.headLayers = [...parts.headLayers];
    completeBatchNormModes(this.model);
  }

  /**
   * Height and width of the network's input images.
   *
   * @throws {OptionError} if the network takes images of any size
   */
  get inputSize(): readonly [height: number, width: number] {
    return inputSize(this.model);
  }

  /** The network up to the head: preprocessed image → features. It shares the layers, so don't dispose it. */
  featureModel(): tfl.LayersModel {
    return tfl.model({ inputs: this.model.inputs, outputs: this.#features() });
  }

  /** The head: features → probabilities. It shares the layers, so don't dispose it. */
  headModel(): tfl.LayersModel {
    const input = tfl.input({ shape: this.#features().shape.slice(1) });
    const head = this.headLayers.map((name) => this.model.getLayer(name));
    const output = head.reduce((x, layer) => layer.apply(x) as tfl.SymbolicTensor, input);
    return ownsNothing(tfl.model({ inputs: input, outputs: output }), head);
  }

  /** The features. `getOutputAt(0)` rather than `output`, which throws while a phase calls the layer a second time. */
  #features(): tfl.SymbolicTensor {
    return this.model.getLayer(this.featureLayer).getOutputAt(0) as tfl.SymbolicTensor;
  }

  /** See `save`. */
  save(target: string | tf.io.IOHandler, options?: SaveOptions): Promise<void> {
    return save(this, target, options);
  }

  /** Frees the weights. The backbone that the classifier was made of shares them, and can't be used afterwards. */
  dispose(): void {
    this.model.dispose();
  }
}

/** Gives each BatchNormalization without a mode one. Without a mode, TensorFlow.js' own code runs, which crashes without gamma. */
function completeBatchNormModes(model: tfl.LayersModel): void {
  for (const { layer } of flaggedLayers(model)) {
    if (!isBatchNorm(layer) || batchNormMode(layer)) continue;
    setBatchNormMode(layer, layer.trainable ? 'training' : 'frozen');
  }
}

/** BatchNormalization that only standardises; its averages become those of the data within the first epochs of small data. */
const STANDARDIZING = { center: false, scale: false, momentum: 0.95, name: 'head_norm' } as const;

/** Options of `classifier`. */
export interface ClassifierOptions extends FittingOptions {
  /** One name per probability, in the order of the data set's labels. */
  readonly labels: readonly string[];
  /** The share of pooled features that training drops, from 0 to below 1; default 0.2. */
  readonly dropout?: number;
  /**
   * How a feature map or a list of tokens is pooled to a vector; default `'average'`. `'token'` takes the first token of a
   * transformer, its class token.
   */
  readonly pooling?: 'average' | 'max' | 'token';
  /**
   * The stages whose outputs are pooled and concatenated as features; by default only the backbone's output. Earlier
   * stages hold information on colour and texture that the last stages of a recognition network have lost. Of several
   * networks: a list for each.
   */
  readonly featureStages?: FeatureStages;
  /** Whether each feature is scaled to mean 0 and variance 1 before the dense layer; default true. */
  readonly standardize?: boolean;
  /** Seeds the head's initial weights; default 0. */
  readonly seed?: number;
}

const RULES = {
  labels: LIST,
  dropout: FROM_0_TO_BELOW_1,
  pooling: oneOf('average', 'max', 'token'),
  featureStages: LIST,
  standardize: FLAG,
  seed: NUMBER,
  inputSize: LIST,
  preprocessing: OBJECT,
  output: ANY,
};

/**
 * Puts a multilabel head on a backbone: global pooling, standardising, dropout, and a dense layer with one sigmoid per
 * label.
 *
 * The standardising layer is a BatchNormalization without gamma and beta. Pooled features have means far from 0 and
 * different scales, which would make the dense layer learn slowly. The classifier shares the backbone's layers. No layer is
 * frozen yet: `fineTune` does that in each phase.
 *
 * Besides a backbone, it takes:
 *
 * - a plain LayersModel, with its `preprocessing` in the options; a dense head of probabilities that it has is replaced;
 * - a classifier, for other labels: labels that stay keep their weights, thresholds and calibration, and so do the rest of the head and
 *   the network, which both share from then on;
 * - a list of networks that take images of one size: their features lie side by side. Layers and stages are then copies,
 *   named after the network: `{ stage: 'resnet50/conv5' }`.
 *
 * @param given from `backbone`, `faceResnet`, or any LayersModel with `name`, `preprocessing` and `stages`
 * @throws OptionError if an option is misspelt or out of its range, labels are missing or repeated, a stage isn't the
 * backbone's, or the network has a shape that no head can be put on: the sentence says the way round.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { classifier, resnet50 } from '@thawjs/core';
 *
 * const backbone = await resnet50({ weights: null, inputSize: [64, 64] });
 * const model = classifier(backbone, { labels: ['Smiling', 'Eyeglasses'] });
 * console.log(model.model.outputs[0].shape); // [ null, 2 ]
 * ```
 */
export function classifier(
  given: BackboneLike | Classifier | readonly BackboneLike[],
  options: ClassifierOptions,
): Classifier {
  checkOptions('classifier', options, RULES);
  const { labels, dropout = 0.2, standardize = true, seed = 0 } = options;
  checkLabels(labels);
  registerLayers();
  const before = given instanceof Classifier ? given : undefined;
  const { backbone, features } = before
    ? withPooling(withoutHead(before), options)
    : fitting(given as BackboneLike | readonly BackboneLike[], options);
  const made = withHead(backbone, features, { labels, dropout, standardize, seed }, before?.model.name);
  if (before) {
    const { thresholds, calibration } = keepLabels(before, made);
    made.thresholds = thresholds;
    made.calibration = calibration;
  }
  return made;
}

/** The options of `classifier` that are the head's. */
type HeadOptions = Required<Pick<ClassifierOptions, 'labels' | 'dropout' | 'standardize' | 'seed'>>;

/** A classifier with a new head on a backbone's features. */
export function withHead(
  backbone: Backbone,
  features: tfl.SymbolicTensor,
  { labels, dropout, standardize, seed }: HeadOptions,
  name = `${backbone.name.replace(/[^\w]+/g, '_')}_classifier`,
): Classifier {
  const free = freeNames(backbone.model);
  const head = [
    ...(standardize
      ? [tfl.layers.batchNormalization({ ...STANDARDIZING, name: free(STANDARDIZING.name) })]
      : []),
    tfl.layers.dropout({ rate: dropout, name: free('head_dropout') }),
    tfl.layers.dense({
      units: labels.length,
      activation: 'sigmoid',
      kernelInitializer: tfl.initializers.glorotUniform({ seed }),
      name: free('predictions'),
    }),
  ];
  const read = byOwnLayer(features, free('head_features'));
  const outputs = head.reduce((x, layer) => layer.apply(x) as tfl.SymbolicTensor, read);
  return new Classifier({
    model: tfl.model({ inputs: backbone.model.inputs, outputs, name }),
    backboneName: backbone.name,
    preprocessing: backbone.preprocessing,
    stages: backbone.stages,
    labels,
    featureLayer: read.sourceLayer.name,
    headLayers: head.map(({ name }) => name),
    thresholds: labels.map(() => 0.5),
  });
}

/**
 * The features as the output of a layer with a single output. A classifier finds its features by that layer's name. A nested
 * model and a layer that is called twice have more outputs than one, so a linear layer is put behind them.
 */
function byOwnLayer(features: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  const { sourceLayer, nodeIndex } = features;
  if (!isModel(sourceLayer) && nodeIndex === 0) return features;
  return tfl.layers.activation({ activation: 'linear', name }).apply(features) as tfl.SymbolicTensor;
}

/** A network that a head can be put on, and what the head reads. */
interface Fitting {
  readonly backbone: Backbone;
  readonly features: tfl.SymbolicTensor;
}

function fitting(given: BackboneLike | readonly BackboneLike[], options: ClassifierOptions): Fitting {
  const list = Array.isArray(given) ? (given as readonly BackboneLike[]) : [given as BackboneLike];
  const all = list.map((one) => fittingBackbone(one, options));
  const [first, second] = all;
  if (first === undefined)
    throw new OptionError('classifier: expected one or more networks; received an empty list.');
  const stages = stagesPerNetwork(options.featureStages, all.length);
  if (second === undefined) return withPooling(first, options);
  const pooled = all.map((one, i) => pooledFeatures(one, { ...options, featureStages: stages[i] }));
  const backbone = sideBySide(all, pooled);
  return { backbone, features: backbone.model.outputs[0] };
}

function withPooling(backbone: Backbone, options: ClassifierOptions): Fitting {
  const [featureStages] = stagesPerNetwork(options.featureStages, 1);
  return { backbone, features: pooledFeatures(backbone, { ...options, featureStages }) };
}

function withoutHead(before: Classifier): Backbone {
  const { backboneName: name, preprocessing, stages } = before;
  return { name, model: before.featureModel(), preprocessing, stages };
}

function pooledFeatures(
  backbone: Backbone,
  {
    pooling,
    featureStages,
  }: Pick<ClassifierOptions, 'pooling'> & { readonly featureStages?: readonly string[] | undefined },
): tfl.SymbolicTensor {
  const layerOf = (rank: number, name: string) => {
    if (pooling === 'token' && rank === 3) return new ClassToken({ name });
    if (pooling === 'token')
      throw new OptionError(
        "classifier: expected tokens [n, tokens, channels] for pooling 'token'; received a map.",
      );
    if (rank === 3)
      return tfl.layers[pooling === 'max' ? 'globalMaxPooling1d' : 'globalAveragePooling1d']({ name });
    return tfl.layers[pooling === 'max' ? 'globalMaxPooling2d' : 'globalAveragePooling2d']({ name });
  };
  const free = freeNames(backbone.model);
  const pooled = (map: tfl.SymbolicTensor, name: string) =>
    map.shape.length === 2 ? map : (layerOf(map.shape.length, free(name)).apply(map) as tfl.SymbolicTensor);
  if (!featureStages) return pooled(backbone.model.outputs[0], 'head_pool');
  const vectors = featureStages.map((name) => {
    const last = backbone.stages.find((stage) => stage.name === name)?.layers.at(-1);
    if (!last) {
      const known = backbone.stages.map((stage) => stage.name).join(', ');
      throw new OptionError(`classifier: expected featureStages out of ${known}; received "${name}".`);
    }
    return pooled(backbone.model.getLayer(last).output as tfl.SymbolicTensor, `head_pool_${name}`);
  });
  if (vectors.length === 0)
    throw new OptionError('classifier: expected one or more featureStages; received none.');
  if (vectors.length === 1) return vectors[0];
  return tfl.layers.concatenate({ name: 'head_features' }).apply(vectors) as tfl.SymbolicTensor;
}

/** A name that no layer of a model has. */
function freeNames(model: tfl.LayersModel): (name: string) => string {
  const taken = new Set(model.layers.map(({ name }) => name));
  const free = (name: string): string => (taken.has(name) ? free(`${name}_new`) : name);
  return free;
}

function checkLabels(labels: readonly string[] = []): void {
  const refuse = (received: string) =>
    new OptionError(`classifier: expected labels, each once; received ${received}.`);
  if (labels.length === 0) throw refuse('none');
  for (const [index, label] of labels.entries()) {
    if (typeof label !== 'string') throw refuse(`${label}, which isn't a text`);
    if (labels.indexOf(label) !== index) throw refuse(`"${label}" twice`);
  }
}
